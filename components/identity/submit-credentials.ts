/** Signs in through next-auth's own endpoints, without its client library. */

type Provider = "password" | "link";

/** The message to show, or null when the person is signed in. */
export async function submitCredentials(provider: Provider, fields: Record<string, string>): Promise<string | null> {
  const csrf: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  const body = new URLSearchParams({ ...fields, csrfToken: csrf.csrfToken, callbackUrl: "/", json: "true" });
  const response = await fetch(`/api/auth/callback/${provider}`, { method: "POST", body });
  const answer: { url?: string } = await response.json().catch(() => ({}));
  if (response.ok) return null;
  const message = new URL(answer.url ?? "/", window.location.origin).searchParams.get("error");
  return message && message !== "CredentialsSignin" ? message : "E-mail or password is wrong.";
}

export async function signOut(): Promise<void> {
  const csrf: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  await fetch("/api/auth/signout", {
    method: "POST",
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, json: "true" }),
  });
  window.location.assign("/sign-in");
}
