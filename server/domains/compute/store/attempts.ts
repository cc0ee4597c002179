/** Attempts: the fenced tries at a job. Machine reads are filtered by the agent that holds the attempt. */
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { PgInsertValue, PgUpdateSetSource } from "drizzle-orm/pg-core";
import { computeAgents, computeAttempts, computeJobs } from "@/drizzle/schema/compute";
import { projects } from "@/drizzle/schema/identity";
import type { Db, Tx } from "@/server/platform/db";
import { clock, endOf, startOf } from "./clock";
import type { AttemptRow, JobRow } from "./jobs";

export type Held = { job: JobRow; attempt: AttemptRow };

/** `share` lets log writes of one job's attempts meet; whoever moves states takes `update`. */
export async function lockAttempt(
  tx: Tx,
  attemptId: string,
  agentId: string | null,
  strength: "update" | "share",
): Promise<Held | undefined> {
  const mine = agentId === null ? undefined : eq(computeAttempts.agentId, agentId);
  const [job] = await tx
    .select()
    .from(computeJobs)
    .where(
      eq(
        computeJobs.id,
        sql`(${tx
          .select({ jobId: computeAttempts.jobId })
          .from(computeAttempts)
          .where(and(eq(computeAttempts.id, attemptId), mine))})`,
      ),
    )
    .for(strength);
  if (!job) return undefined;
  const [attempt] = await tx.select().from(computeAttempts).where(eq(computeAttempts.id, attemptId)).for("update");
  return attempt && { job, attempt };
}

export async function insertAttempts(tx: Tx, rows: PgInsertValue<typeof computeAttempts>[]): Promise<void> {
  if (rows.length > 0) await tx.insert(computeAttempts).values(rows);
}

export async function updateAttempt(
  tx: Tx,
  attemptId: string,
  set: PgUpdateSetSource<typeof computeAttempts>,
): Promise<void> {
  await tx.update(computeAttempts).set(set).where(eq(computeAttempts.id, attemptId));
}

export async function markStarted(tx: Tx, attemptId: string): Promise<void> {
  await updateAttempt(tx, attemptId, { state: "running", startedAt: clock });
}

type EndFields = Pick<AttemptRow, "state" | "cause" | "message" | "exitCode" | "signal" | "cpuSeconds" | "maxMemoryBytes" | "lapsed">;

/** `ranSeconds`, null of one that never started, says when it ended, and when it began where that is not known. */
export async function endAttempt(
  tx: Tx,
  attempt: Pick<AttemptRow, "id" | "startedAt">,
  end: EndFields,
  ranSeconds: number | null,
): Promise<void> {
  const startedAt = startOf(attempt.startedAt, ranSeconds);
  await updateAttempt(tx, attempt.id, { ...end, startedAt, finishedAt: endOf(attempt.startedAt, ranSeconds) });
}

/** Attempts of one claim that the agent may still start, for an answer that was lost on its way. */
export async function attemptsOfClaim(tx: Tx, agentId: string, claimId: string): Promise<Held[]> {
  return tx
    .select({ attempt: computeAttempts, job: computeJobs })
    .from(computeAttempts)
    .innerJoin(computeJobs, eq(computeJobs.id, computeAttempts.jobId))
    .where(and(eq(computeAttempts.agentId, agentId), eq(computeAttempts.claimId, claimId)))
    .orderBy(asc(computeAttempts.id));
}

export async function attemptsByIds(db: Db, agentId: string, ids: string[]) {
  if (ids.length === 0) return [];
  return db
    .select({
      id: computeAttempts.id,
      number: computeAttempts.number,
      lapsed: computeAttempts.lapsed,
      finishedAt: computeAttempts.finishedAt,
      job: {
        id: computeJobs.id,
        state: computeJobs.state,
        attempt: computeJobs.attempt,
        cancelRequestedAt: computeJobs.cancelRequestedAt,
      },
    })
    .from(computeAttempts)
    .innerJoin(computeJobs, eq(computeJobs.id, computeAttempts.jobId))
    .where(and(eq(computeAttempts.agentId, agentId), inArray(computeAttempts.id, ids)));
}

/** Attempts that the database says the agent holds. */
export async function openAttemptIds(db: Db, agentId: string): Promise<string[]> {
  const rows = await db
    .select({ id: computeAttempts.id })
    .from(computeAttempts)
    .where(and(eq(computeAttempts.agentId, agentId), isNull(computeAttempts.finishedAt)));
  return rows.map((row) => row.id);
}

export async function attemptsOfJob(db: Db, projectId: string, jobId: string) {
  return db
    .select({ attempt: computeAttempts, agentName: computeAgents.name })
    .from(computeAttempts)
    .innerJoin(computeAgents, eq(computeAgents.id, computeAttempts.agentId))
    .where(and(eq(computeAttempts.projectId, projectId), eq(computeAttempts.jobId, jobId)))
    .orderBy(asc(computeAttempts.number));
}

export async function findAttempt(
  db: Db,
  projectId: string,
  jobId: string,
  number: number,
): Promise<AttemptRow | undefined> {
  const [row] = await db
    .select()
    .from(computeAttempts)
    .where(
      and(
        eq(computeAttempts.projectId, projectId),
        eq(computeAttempts.jobId, jobId),
        eq(computeAttempts.number, number),
      ),
    );
  return row;
}

export type HeldInProject = Held & { project: { id: string; slug: string; name: string } };

export async function attemptByTokenHash(db: Db, tokenHash: string): Promise<HeldInProject | undefined> {
  const [row] = await db
    .select({
      attempt: computeAttempts,
      job: computeJobs,
      project: { id: projects.id, slug: projects.slug, name: projects.name },
    })
    .from(computeAttempts)
    .innerJoin(computeJobs, eq(computeJobs.id, computeAttempts.jobId))
    .innerJoin(projects, eq(projects.id, computeAttempts.projectId))
    .where(eq(computeAttempts.tokenHash, tokenHash));
  return row;
}
