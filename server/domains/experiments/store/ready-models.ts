/** Logged models whose files are there. */
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { experiments, loggedModels, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import type { LoggedModelChoice } from "../contract/experiment";

const { id, name, sourceRunId, createdAt } = loggedModels;

/** What words are looked for in. */
export const readyHaystack = sql`(${name} || ' ' || coalesce(${runs.name}, '') || ' ' || ${experiments.name} || ' ' || ${id})`;

/** Newest first. The index holds just these, in this order: its condition is written here as it is there. */
export async function selectReadyModels(db: Db, projectId: string, where: SQL, limit: number): Promise<LoggedModelChoice[]> {
  return db
    .select({ id, name, runId: sourceRunId, runName: runs.name, experimentName: experiments.name, createdAt })
    .from(loggedModels)
    .innerJoin(experiments, eq(experiments.id, loggedModels.experimentId))
    .leftJoin(runs, eq(runs.id, loggedModels.sourceRunId))
    .where(and(eq(loggedModels.projectId, projectId), sql`${loggedModels.status} = 'LOGGED_MODEL_READY' and ${loggedModels.deletedAt} is null`, where))
    .orderBy(desc(createdAt))
    .limit(limit);
}
