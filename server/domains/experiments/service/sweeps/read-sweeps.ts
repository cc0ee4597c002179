/** Sweeps as pages read them. */
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { ListSweepsInput, SweepRef, type SweepSummary, type SweepView } from "../../contract/sweep";
import { listSweepRows, namesOfExperiments, namesOfSweeps, type SweepRow } from "../../store/sweeps/sweeps";
import { bestTrials, countTrials, listTrialFacts } from "../../store/sweeps/trials";
import { requireSweep } from "./sweep-context";
import { readCostOfSweep } from "./sweep-cost";

async function summarize(db: Db, rows: readonly SweepRow[]): Promise<SweepSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const counted = await countTrials(db, ids);
  const best = await bestTrials(db, ids);
  const experiments = await namesOfExperiments(db, [...new Set(rows.map(({ experimentId }) => experimentId))]);
  const earlier = await namesOfSweeps(db, [...new Set(rows.flatMap(({ startFrom }) => (startFrom === null ? [] : [startFrom])))]);
  return rows.flatMap((row): SweepSummary[] => {
    const [of, experiment] = [counted.get(row.id), experiments.get(row.experimentId)];
    if (!of || !experiment) return [];
    const { id, name, recipe, recipeVersion, spec, state, reason, fault, parentRunId, startFrom, history, createdBy, createdAt, endedAt } = row;
    return [{
      id, name, experimentNo: experiment.no, experimentName: experiment.name, recipe, version: recipeVersion, spec, state, reason, fault, parentRunId,
      startFrom: startFrom === null ? null : { id: startFrom, name: earlier.get(startFrom) ?? "a sweep that is gone" }, startRuns: history.length,
      createdBy, createdAt, endedAt, counts: of.counts, hoursUsed: of.seconds / 3_600, best: best.get(id) ?? null,
    }];
  });
}

export const listSweeps = query("experiments.listSweeps", "viewer", ListSweepsInput, async ({ db, ctx, input }) => {
  const rows = await listSweepRows(db, { ...input, projectId: ctx.project.id, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  return { sweeps: await summarize(db, page), nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null };
});

export const getSweep = query("experiments.getSweep", "viewer", SweepRef, async ({ db, ctx, input }): Promise<SweepView> => {
  const row = await requireSweep(db, ctx.project.id, input.sweepId);
  const [summary] = await summarize(db, [row]);
  if (!summary) throw new Error("a sweep without an experiment");
  return { ...summary, cost: await readCostOfSweep(db, row), trials: await listTrialFacts(db, row.id), importance: row.importance };
});
