/** The token of one attempt: made again from the server's secret when a claim is answered twice, dead once it is stale. */
import { createHash, createHmac } from "node:crypto";
import type { Db } from "@/server/platform/db";
import { sessionSecret } from "@/server/platform/env";
import { hashToken } from "@/server/platform/identity/secrets";
import { tokenLives } from "../../rules/job-state";
import { attemptByTokenHash } from "../../store/attempts";

/** `slw_<32 hex>_<checksum>`, 128 bits of an HMAC: shaped as every Slipway token, so scanners know it. */
export function attemptToken(attemptId: string): string {
  const body = createHmac("sha256", sessionSecret()).update(`attempt token ${attemptId}`).digest("hex").slice(0, 32);
  const checksum = createHash("sha256").update(`slipway token ${body}`).digest("hex").slice(0, 6);
  return `slw_${body}_${checksum}`;
}

export function attemptTokenHash(attemptId: string): string {
  return hashToken(attemptToken(attemptId));
}

export type AttemptIdentity = {
  attemptId: string;
  jobId: string;
  jobName: string;
  attempt: number;
  project: { id: string; slug: string; name: string };
  /** The person who submitted the job, where there is one. */
  userId: string | null;
};

/** Who holds this token, for platform identity: null when it is unknown, or its attempt is stale or over. */
export async function resolveAttemptToken(db: Db, tokenHash: string): Promise<AttemptIdentity | null> {
  const held = await attemptByTokenHash(db, tokenHash);
  if (!held) return null;
  const { job, attempt, project } = held;
  const isOver = attempt.finishedAt !== null && !attempt.lapsed;
  if (!tokenLives({ job, number: attempt.number, isOver })) return null;
  return {
    attemptId: attempt.id,
    jobId: job.id,
    jobName: job.name,
    attempt: attempt.number,
    project,
    userId: job.submittedBy.userId,
  };
}
