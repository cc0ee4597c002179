/** Who speaks the agent protocol: a registered agent by its own credential, or a new one by an enrolment token. */
import type { Context } from "hono";
import { resolveAgent } from "@/server/domains/compute/service/enrol-agent";
import type { InstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { Unauthenticated } from "@/server/platform/errors";
import { requestIdOf, tokenOf } from "../http/identify";

export function requireBearer(c: Context): string {
  const token = tokenOf(c.req.header("authorization"));
  if (!token) throw new Unauthenticated("Send the agent's credential: Authorization: Bearer ….");
  return token;
}

export async function requireAgent(c: Context): Promise<InstanceContext> {
  const ctx = await resolveAgent(database(), requireBearer(c), requestIdOf(c));
  if (!ctx) throw new Unauthenticated("This agent is unknown or was removed. Enrol it again with a new token.");
  return ctx;
}
