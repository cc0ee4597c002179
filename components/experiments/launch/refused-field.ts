/** The field that a refusal names, where it names one. */
export function refusedField(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("detail" in data)) return null;
  const { detail } = data;
  if (typeof detail !== "object" || detail === null || !("field" in detail)) return null;
  return typeof detail.field === "string" && /^(parameters|inputs)\./.test(detail.field) ? detail.field : null;
}
