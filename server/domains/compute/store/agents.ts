/** Agents and the one-time tokens that let them in. */
import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { computeAgents, computeAttempts, computeEnrolments, computeJobs } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { Kind } from "../rules/queue/run-time";
import { clock, inSeconds } from "./clock";
import { kindColumns } from "./run-times";

export type AgentRow = typeof computeAgents.$inferSelect;
type NewEnrolment = Omit<typeof computeEnrolments.$inferInsert, "expiresAt"> & { expiresInSeconds: number };

export async function insertEnrolment(tx: Tx, { expiresInSeconds, ...row }: NewEnrolment): Promise<void> {
  await tx.insert(computeEnrolments).values({ ...row, expiresAt: inSeconds(expiresInSeconds) });
}

/** Uses the token up; undefined when it is unknown, expired or used. */
export async function spendEnrolment(tx: Tx, tokenHash: string): Promise<{ id: string } | undefined> {
  const [row] = await tx
    .update(computeEnrolments)
    .set({ usedAt: clock })
    .where(
      and(
        eq(computeEnrolments.tokenHash, tokenHash),
        isNull(computeEnrolments.usedAt),
        gt(computeEnrolments.expiresAt, clock),
      ),
    )
    .returning({ id: computeEnrolments.id });
  return row;
}

export async function bindEnrolment(tx: Tx, enrolmentId: string, agentId: string): Promise<void> {
  await tx.update(computeEnrolments).set({ agentId }).where(eq(computeEnrolments.id, enrolmentId));
}

export async function insertAgent(tx: Tx, row: typeof computeAgents.$inferInsert): Promise<void> {
  await tx.insert(computeAgents).values(row);
}

export async function agentByCredential(db: Db, credentialHash: string): Promise<AgentRow | undefined> {
  const [row] = await db
    .select()
    .from(computeAgents)
    .where(and(eq(computeAgents.credentialHash, credentialHash), isNull(computeAgents.removedAt)));
  return row;
}

export async function findAgent(db: Db, agentId: string): Promise<AgentRow | undefined> {
  const [row] = await db
    .select()
    .from(computeAgents)
    .where(and(eq(computeAgents.id, agentId), isNull(computeAgents.removedAt)));
  return row;
}

/** Claims of one agent are made one after another. */
export async function lockAgent(tx: Tx, agentId: string): Promise<AgentRow | undefined> {
  const [row] = await tx
    .select()
    .from(computeAgents)
    .where(and(eq(computeAgents.id, agentId), isNull(computeAgents.removedAt)))
    .for("update");
  return row;
}

async function updateAgent(
  tx: Tx,
  agentId: string,
  set: PgUpdateSetSource<typeof computeAgents>,
): Promise<{ name: string } | null> {
  const [row] = await tx
    .update(computeAgents)
    .set(set)
    .where(and(eq(computeAgents.id, agentId), isNull(computeAgents.removedAt)))
    .returning({ name: computeAgents.name });
  return row ?? null;
}

type SaidOfItself = Partial<Pick<AgentRow, "name" | "host" | "protocol" | "use" | "draining">>;

/** What an agent says of itself, and that it was heard now; null of one that was removed. */
export async function markSeen(tx: Tx, agentId: string, said: SaidOfItself): Promise<{ name: string } | null> {
  return updateAgent(tx, agentId, { ...said, lastSeenAt: clock });
}

export async function markCordoned(tx: Tx, agentId: string, reason: string | null): Promise<{ name: string } | null> {
  return updateAgent(tx, agentId, { cordonedAt: clock, cordonReason: reason });
}

export async function markUncordoned(tx: Tx, agentId: string): Promise<{ name: string } | null> {
  return updateAgent(tx, agentId, { cordonedAt: null, cordonReason: null });
}

export async function markRemoved(tx: Tx, agentId: string): Promise<{ name: string } | null> {
  return updateAgent(tx, agentId, { removedAt: clock });
}

export async function selectAgents(db: Db): Promise<AgentRow[]> {
  return db
    .select()
    .from(computeAgents)
    .where(isNull(computeAgents.removedAt))
    .orderBy(asc(computeAgents.name), asc(computeAgents.id));
}

export type HeldRow = Kind & {
  agentId: string;
  projectId: string;
  jobId: string;
  name: string;
  state: string;
  cpus: number;
  memoryBytes: number;
  gpus: number;
  needsPython: boolean;
  devices: string[];
  claimedAt: Date;
  startedAt: Date | null;
  timeLimitSeconds: number;
};

/** What open attempts hold, on some agents or on all, over every project. */
export async function selectHeld(db: Db, agentIds?: string[]): Promise<HeldRow[]> {
  return db
    .select({
      agentId: computeAttempts.agentId,
      projectId: computeJobs.projectId,
      jobId: computeJobs.id,
      name: computeJobs.name,
      state: computeJobs.state,
      cpus: computeJobs.cpus,
      memoryBytes: computeJobs.memoryBytes,
      gpus: computeJobs.gpus,
      needsPython: computeJobs.needsPython,
      devices: computeAttempts.devices,
      claimedAt: computeAttempts.claimedAt,
      startedAt: computeAttempts.startedAt,
      timeLimitSeconds: sql<number>`(${computeJobs.spec}->>'timeLimitSeconds')::int`,
      ...kindColumns,
    })
    .from(computeAttempts)
    .innerJoin(computeJobs, eq(computeJobs.id, computeAttempts.jobId))
    .where(
      and(
        isNull(computeAttempts.finishedAt),
        agentIds === undefined ? undefined : inArray(computeAttempts.agentId, agentIds),
      ),
    );
}
