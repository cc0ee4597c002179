import { and, eq, isNull } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import { projects } from "@/drizzle/schema/identity";
import { visibleTo } from "@/server/platform/identity/project-access";
import { instanceQuery } from "@/server/platform/mutation";
import { RunRef } from "../contract/run";

/**
 * The project of a run, for links that don't name one (MLflow's clients print `/#/experiments/1/runs/…`).
 * Null where there is no such run, or none in a project that the person can see.
 */
export const locateRun = instanceQuery("experiments.locateRun", "user", RunRef, async ({ db, ctx, input }): Promise<{ project: string | null }> => {
  const [found] = await db
    .select({ slug: projects.slug })
    .from(runs)
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .where(and(eq(runs.id, input.runId), isNull(projects.archivedAt), visibleTo(db, ctx.actor)));
  return { project: found?.slug ?? null };
});
