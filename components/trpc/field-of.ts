/** Which input of the request a refusal is about, as the server names it (`slug`, `config.url`); null where it is about none. */
export function fieldOf(error: { data?: { detail?: object } | null } | null | undefined): string | null {
  const detail = error?.data?.detail;
  return detail && "field" in detail && typeof detail.field === "string" ? detail.field : null;
}

/** What a refusal says at its field: `email: This is not…` without the name that the label already gives. */
export function fieldWords(error: { message: string; data?: { detail?: object } | null }): string {
  const field = fieldOf(error);
  return field !== null && error.message.startsWith(`${field}: `) ? error.message.slice(field.length + 2).replace(/^./, (first) => first.toUpperCase()) : error.message;
}
