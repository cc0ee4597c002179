/** What a table of runs needs beside its rows: which keys exist, how many rows there are, and a small curve a row. */
import { query } from "@/server/platform/mutation";
import { CountRunsInput, RunKeysInput, type RunKeys, SparklinesInput } from "../../contract/run";
import { parseFilterInput } from "../../rules/parse-filter-input";
import { readSparklines } from "../../store/metrics/series";
import { readRunKeys } from "../../store/run-keys";
import { countedAtMost, countRunIds } from "../../store/search/run-search";
import { assertOwnRuns } from "../metrics/charts";

export const listRunKeys = query("experiments.listRunKeys", "viewer", RunKeysInput, async ({ db, ctx, input }): Promise<RunKeys> =>
  readRunKeys(db, ctx.project.id, input.experimentNos),
);

/** Up to a bound; `isMore` says that there are more than `count`. */
export const countRuns = query("experiments.countRuns", "viewer", CountRunsInput, async ({ db, ctx, input }) => {
  const counted = await countRunIds(db, { ...input, projectId: ctx.project.id, conditions: parseFilterInput(input.filter) });
  return { count: Math.min(counted, countedAtMost), isMore: counted > countedAtMost };
});

export const listSparklines = query("experiments.listSparklines", "viewer", SparklinesInput, async ({ db, ctx, input }) => {
  const runIds = [...new Set(input.runIds)];
  await assertOwnRuns(db, ctx.project.id, runIds);
  const byRun = await readSparklines(db, runIds, input.key, input.points);
  return [...byRun].map(([runId, values]) => ({ runId, values }));
});
