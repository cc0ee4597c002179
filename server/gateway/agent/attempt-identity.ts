/** Lets a running job speak every wire protocol as itself: its attempt's token, until the attempt is stale or over. */
import { resolveAttemptToken } from "@/server/domains/compute/service/attempts/attempt-token";
import { database } from "@/server/platform/db";
import type { Identity } from "../http/identify";

export async function resolveAttempt(tokenHash: string): Promise<Identity | null> {
  const attempt = await resolveAttemptToken(database(), tokenHash);
  if (!attempt) return null;
  const { attemptId: id, jobId, jobName: name, attempt: number, userId, project } = attempt;
  return { actor: { kind: "attempt", id, name, userId, isAdmin: false, attempt: { jobId, number } }, project, role: "member" };
}
