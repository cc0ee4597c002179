/** The session cookie: next-auth's encrypted JWT, with nothing in it but a session id. Read by web and gateway alike. */
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { isSecure, sessionSecret } from "../env";

/** `__Host-` pins a cookie to this host over https. */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-slipway.session" : "slipway.session";
}

const Claims = z.object({ sid: z.uuid() });

export function readCookie(header: string | undefined | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim());
  }
  return null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** The session id in a Cookie header, or null for none or one that was not made by this installation. */
export async function sessionIdOf(cookieHeader: string | undefined | null): Promise<string | null> {
  const token = readCookie(cookieHeader, sessionCookieName());
  if (!token) return null;
  try {
    const claims = Claims.safeParse(await decode({ token, secret: sessionSecret() }));
    return claims.success ? claims.data.sid : null;
  } catch {
    return null;
  }
}
