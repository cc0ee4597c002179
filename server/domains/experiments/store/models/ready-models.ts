/** Logged models whose files are there. */
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { experiments, loggedModels, runs } from "@/drizzle/schema/experiments";
import type { Db } from "@/server/platform/db";
import { holdsWords } from "@/server/platform/search";
import type { LoggedModelChoice } from "../../contract/experiment";

const { id, name, sourceRunId, createdAt } = loggedModels;

/** What words are looked for in. */
const haystack = sql`(${name} || ' ' || coalesce(${runs.name}, '') || ' ' || ${experiments.name} || ' ' || ${id})`;

/** Newest first. The index holds just these, in this order: its condition is written here as it is there. */
async function selectReadyModels(db: Db, projectId: string, where: SQL, limit: number): Promise<LoggedModelChoice[]> {
  return db
    .select({ id, name, runId: sourceRunId, runName: runs.name, experimentName: experiments.name, createdAt })
    .from(loggedModels)
    .innerJoin(experiments, eq(experiments.id, loggedModels.experimentId))
    .leftJoin(runs, eq(runs.id, loggedModels.sourceRunId))
    .where(and(eq(loggedModels.projectId, projectId), sql`${loggedModels.status} = 'LOGGED_MODEL_READY' and ${loggedModels.deletedAt} is null`, where))
    .orderBy(desc(createdAt))
    .limit(limit);
}

/** Those that hold all words of `find`. */
export function searchReadyModels(db: Db, projectId: string, find: string, limit: number): Promise<LoggedModelChoice[]> {
  return selectReadyModels(db, projectId, holdsWords(haystack, find), limit);
}

export async function findReadyModel(db: Db, projectId: string, modelId: string): Promise<LoggedModelChoice | null> {
  const [row] = await selectReadyModels(db, projectId, eq(id, modelId), 1);
  return row ?? null;
}
