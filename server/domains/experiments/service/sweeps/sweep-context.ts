/** Who acts for a sweep when nobody is there, and whom its changes concern. */
import { eq, sql } from "drizzle-orm";
import { projects } from "@/drizzle/schema/identity";
import { runs } from "@/drizzle/schema/experiments";
import { type ProjectContext, systemContext } from "@/server/platform/context";
import { database, type Db, type Tx } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { enqueueByName } from "@/server/platform/outbox";
import { findSweep, type SweepRow } from "../../store/sweeps/sweeps";
import { runTopics } from "../runs";

export const sweepTopics = (sweepId: string): string[] => ["sweeps", `sweep:${sweepId}`];

export async function requireSweep(db: Db, projectId: string, sweepId: string): Promise<SweepRow> {
  const row = await findSweep(db, projectId, sweepId);
  if (!row) throw new NotFound(`There is no sweep ${sweepId}.`);
  return row;
}

/** Its runs and the audit rows name the sweep. */
export async function sweepContext({ projectId, name }: SweepRow): Promise<ProjectContext | null> {
  const [project] = await database().select().from(projects).where(eq(projects.id, projectId));
  return project ? systemContext({ id: project.id, slug: project.slug, name: project.name }, `sweep ${name}`) : null;
}

export const advanceTaskName = "advance-sweep";

/** One entry a sweep, and one after the other: what is asked for meanwhile is done after. */
export async function enqueueAdvance(db: Db, projectId: string, sweepId: string): Promise<void> {
  const key = `sweep ${sweepId}`;
  await enqueueByName(db, advanceTaskName, { projectId, sweepId }, { key, queue: key });
}

/** The parent run lives as long as its sweep does. */
export async function setParent(tx: Tx, sweep: SweepRow, status: "RUNNING" | "FINISHED" | "KILLED", publish: (...topics: string[]) => void): Promise<void> {
  const endTime = status === "RUNNING" ? null : sql`(extract(epoch from now()) * 1000)::bigint`;
  await tx.update(runs).set({ status, endTime, updatedAt: sql`now()` }).where(eq(runs.id, sweep.parentRunId));
  publish(...runTopics(sweep.parentRunId), ...sweepTopics(sweep.id));
}
