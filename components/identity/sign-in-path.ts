/** The way through the sign-in page and back to where a person wanted to go. */

const anyOrigin = "http://here.invalid";

/** Only a path of this site is followed after signing in; anything else is the root. */
export function ownPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, anyOrigin)) return "/";
  // Parsed, because browsers too drop tabs, turn backslashes and resolve dots before they follow an address.
  const { origin, pathname, search, hash } = new URL(next, anyOrigin);
  return origin === anyOrigin && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : "/";
}

/** `/sign-in` with the page that was asked for, without what the router adds to its own fetches. */
export function signInPath(wanted: string | null): string {
  const url = new URL(ownPath(wanted), anyOrigin);
  url.searchParams.delete("_rsc");
  const next = `${url.pathname}${url.search}`;
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
