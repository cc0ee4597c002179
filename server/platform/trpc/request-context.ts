/** Who calls a procedure: the person behind the session cookie. */
import { database } from "../db";
import { sessionIdOf } from "../identity/cookie";
import { resolveSession } from "../identity/sessions";
import { newId } from "../ids";
import type { TrpcContext } from "./procedures";

export async function requestContext(headers: { get(name: string): string | null }): Promise<TrpcContext> {
  const sessionId = await sessionIdOf(headers.get("cookie"));
  const actor = sessionId ? await resolveSession(database(), sessionId) : null;
  return { actor, requestId: headers.get("x-request-id") ?? newId() };
}
