/** Who acts for a sweep when nobody is there, and whom its changes concern. */
import { type ProjectContext, systemContext } from "@/server/platform/context";
import { database, type Db, type Tx } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { findProject } from "@/server/platform/identity/project-access";
import { enqueueByName } from "@/server/platform/outbox";
import { setParentStatus } from "../../store/run-states";
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
  const project = await findProject(database(), projectId);
  return project ? systemContext(project, `sweep ${name}`) : null;
}

export const advanceTaskName = "advance-sweep";

/** One entry a sweep, and one after the other: what is asked for meanwhile is done after. */
export async function enqueueAdvance(db: Db, projectId: string, sweepId: string): Promise<void> {
  const key = `sweep ${sweepId}`;
  await enqueueByName(db, advanceTaskName, { projectId, sweepId }, { key, queue: key });
}

/** The parent run lives as long as its sweep does. */
export async function setParent(tx: Tx, sweep: SweepRow, status: "RUNNING" | "FINISHED" | "KILLED", publish: (...topics: string[]) => void): Promise<void> {
  await setParentStatus(tx, sweep.parentRunId, status);
  publish(...runTopics(sweep.parentRunId), ...sweepTopics(sweep.id));
}
