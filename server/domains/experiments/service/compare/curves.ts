/** One metric's curves of up to a thousand runs: fewer points each where there are many, extrema kept; or means by step. */
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { type Curve, CurvesInput } from "../../contract/compare";
import type { MetricPoint } from "../../contract/run";
import { pointsEach } from "../../rules/compare/curve-size";
import { meansByStep } from "../../rules/compare/step-means";
import { downsample } from "../../rules/downsample";
import type { StepRange } from "../../store/metrics/chunks";
import { readRestarts, type Restart } from "../../store/metrics/restarts";
import { readLine, readMeans, readSuperseded } from "../../store/metrics/series";
import { countPoints } from "../../store/metrics/summaries";
import { comparedRunIds } from "./run-sets";

/** Runs read at once: what lies in memory stays bounded, however many are drawn. */
const runsAtOnce = 100;

/** Of more curves than these what was superseded is not drawn: it would hide the lines. */
const supersededOf = 8;

type Shape = { points: number; withTimes: boolean };

const columnsOf = (points: readonly MetricPoint[], withTimes: boolean) => ({
  steps: points.map(({ step }) => step), times: withTimes ? points.map(({ timestamp }) => timestamp) : [], values: points.map(({ value }) => value),
});

/** Only of runs that have more than one attempt in this metric. */
async function attemptsOf(db: Db, runId: string, key: string, range: StepRange, { points, withTimes }: Shape, own: readonly Restart[], few: boolean): Promise<Pick<Curve, "attempts" | "superseded">> {
  if (own.length === 0) return {};
  const attempts = own.filter(({ isMarked }) => isMarked).map(({ attempt, step }) => ({ number: attempt, step }));
  if (!few) return { attempts };
  const lines = await readSuperseded(db, runId, key, range, points, own);
  return { attempts, superseded: lines.map((line) => ({ attempt: line.attempt, ...columnsOf(downsample(line.points, points), withTimes) })) };
}

export const readCurves = query("experiments.readCurves", "viewer", CurvesInput, async ({ db, ctx, input }): Promise<Curve[]> => {
  const { ids } = await comparedRunIds(db, ctx.project.id, input);
  const counts = await countPoints(db, ids, input.key);
  const holders = ids.filter((id) => counts.has(id));
  const shape = { points: pointsEach(input.points, holders.length), withTimes: input.times };
  const range = { from: input.fromStep, to: input.toStep };
  const totalOf = (runId: string) => counts.get(runId) ?? 0;
  if (input.means) {
    const means = meansByStep(await readMeans(db, holders, input.key, range, shape.points), shape.points);
    return [...means].map(([runId, { steps, values }]) => ({ runId, steps, times: [], values, total: totalOf(runId) }));
  }
  const curves: Curve[] = [];
  for (let from = 0; from < holders.length; from += runsAtOnce) {
    const some = holders.slice(from, from + runsAtOnce);
    const restarts = await readRestarts(db, some, input.key);
    for (const [runId, points] of await readLine(db, some, input.key, range, shape.points, restarts)) {
      const attempts = await attemptsOf(db, runId, input.key, range, shape, restarts.filter((each) => each.runId === runId), holders.length <= supersededOf);
      curves.push({ runId, ...columnsOf(downsample(points, shape.points), input.times), total: totalOf(runId), ...attempts });
    }
  }
  return curves;
});
