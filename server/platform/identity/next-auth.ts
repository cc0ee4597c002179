/** next-auth: sign-in by password or by a one-time link; its JWT holds a session id and nothing else. */
import type { NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { database } from "../db";
import { isSecure, sessionSecret } from "../env";
import { ServiceError } from "../errors";
import { sessionCookieName } from "./cookie";
import { acceptLink } from "./one-time-links";
import { sessionDays, revokeSession } from "./sessions";
import { signIn } from "./sign-in";

type Headers = Record<string, string | string[] | undefined> | undefined;

const headerOf = (headers: Headers, name: string): string | null => {
  const value = headers?.[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
};

/** The session's id travels as the user's id; next-auth shows a thrown message to the browser, so only ours are thrown. */
async function asUser(work: () => Promise<{ sessionId: string; email: string }>): Promise<User> {
  try {
    const { sessionId, email } = await work();
    return { id: sessionId, email };
  } catch (error) {
    throw new Error(error instanceof ServiceError ? error.message : "Signing in failed on the server. It was logged.");
  }
}

function providers() {
  return [
    Credentials({
      id: "password",
      credentials: { email: {}, password: {} },
      authorize: async (given, request) =>
        asUser(() =>
          signIn(
            database(),
            { email: given?.email ?? "", password: given?.password ?? "" },
            { address: headerOf(request.headers, "x-forwarded-for") ?? "", userAgent: headerOf(request.headers, "user-agent") },
          ),
        ),
    }),
    Credentials({
      id: "link",
      credentials: { secret: {}, name: {}, email: {}, password: {} },
      authorize: async (given, request) => {
        const { secret, name, email, password } = given ?? {};
        const filled = { secret, password, name: name || undefined, email: email || undefined };
        return asUser(() => acceptLink(database(), filled, headerOf(request.headers, "user-agent")));
      },
    }),
  ];
}

export function authOptions(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: sessionDays * 24 * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } },
    },
    providers: providers(),
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      // Only paths of this site: a link can't send a person elsewhere after signing in.
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? baseUrl + url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === "string") await revokeSession(database(), token.sid);
      },
    },
  };
}
