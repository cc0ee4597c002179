/** One metric's curves of up to a thousand runs: fewer points each where there are many, extrema kept; or means by step. */
import { query } from "@/server/platform/mutation";
import { type Curve, CurvesInput } from "../../contract/compare";
import type { MetricPoint } from "../../contract/run";
import { pointsEach } from "../../rules/compare/curve-size";
import { meansByStep } from "../../rules/compare/step-means";
import { downsample } from "../../rules/downsample";
import { readMeans, readSeries } from "../../store/metrics/series";
import { countPoints } from "../../store/metrics/summaries";
import { comparedRunIds } from "./run-sets";

/** Runs read at once: what lies in memory stays bounded, however many are drawn. */
const runsAtOnce = 100;

function curveOf(runId: string, points: readonly MetricPoint[], withTimes: boolean, total: number): Curve {
  return { runId, steps: points.map(({ step }) => step), times: withTimes ? points.map(({ timestamp }) => timestamp) : [], values: points.map(({ value }) => value), total };
}

export const readCurves = query("experiments.readCurves", "viewer", CurvesInput, async ({ db, ctx, input }): Promise<Curve[]> => {
  const { ids } = await comparedRunIds(db, ctx.project.id, input);
  const counts = await countPoints(db, ids, input.key);
  const holders = ids.filter((id) => counts.has(id));
  const points = pointsEach(input.points, holders.length);
  const range = { from: input.fromStep, to: input.toStep };
  const totalOf = (runId: string) => counts.get(runId) ?? 0;
  if (input.means) {
    const means = meansByStep(await readMeans(db, holders, input.key, range, points), points);
    return [...means].map(([runId, { steps, values }]) => ({ runId, steps, times: [], values, total: totalOf(runId) }));
  }
  const curves: Curve[] = [];
  for (let from = 0; from < holders.length; from += runsAtOnce) {
    const byRun = await readSeries(db, holders.slice(from, from + runsAtOnce), input.key, range, points);
    for (const [runId, own] of byRun) curves.push(curveOf(runId, downsample(own, points), input.times, totalOf(runId)));
  }
  return curves;
});
