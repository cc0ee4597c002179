/** Which input of the request a refusal is about, as the server names it (`slug`, `config.url`); null where it is about none. */
export function fieldOf(error: { data?: { detail?: object } | null } | null | undefined): string | null {
  const detail = error?.data?.detail;
  return detail && "field" in detail && typeof detail.field === "string" ? detail.field : null;
}
