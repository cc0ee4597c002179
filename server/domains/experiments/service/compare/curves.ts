/** One metric's curves of up to a thousand runs: fewer points each where there are many, extrema kept; or means by step. */
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { type Curve, CurvesInput, type PackedCurve } from "../../contract/compare";
import { type Columns, columnsOf, pickColumns } from "../../rules/chunks/columns";
import { pointsEach } from "../../rules/compare/curve-size";
import { packCurve, unpackCurve } from "../../rules/compare/packed-curve";
import { meansByStep } from "../../rules/compare/step-means";
import { keptPlaces } from "../../rules/downsample";
import type { StepRange } from "../../store/metrics/chunks";
import { readCurveColumns } from "../../store/metrics/curves";
import { readRestarts, type Restart } from "../../store/metrics/restarts";
import { readLine, readMeans, readSuperseded } from "../../store/metrics/series";
import { countPoints } from "../../store/metrics/summaries";
import { comparedRunIds } from "./run-sets";

/** Runs read at once: what lies in memory stays bounded, however many are drawn. */
const runsAtOnce = 100;

/** Of more curves than these what was superseded is not drawn: it would hide the lines. */
const supersededOf = 8;

type Asked = { key: string; range: StepRange; points: number; withTimes: boolean };

const packed = (columns: Columns) => Buffer.from(packCurve(columns)).toString("base64");
const thinned = (columns: Columns, points: number) => packed(pickColumns(columns, keptPlaces(columns.values, points)));

/** Only of runs that have more than one attempt in this metric. */
async function attemptsOf(db: Db, runId: string, { key, range, points, withTimes }: Asked, own: readonly Restart[], few: boolean): Promise<Pick<PackedCurve, "attempts" | "superseded">> {
  if (own.length === 0) return {};
  const attempts = own.filter(({ isMarked }) => isMarked).map(({ attempt, step }) => ({ number: attempt, step }));
  if (!few) return { attempts };
  const lines = await readSuperseded(db, runId, key, range, points, own);
  return { attempts, superseded: lines.map((line) => ({ attempt: line.attempt, points: thinned(columnsOf(line.points, withTimes), points) })) };
}

/** Of each run one line. Most have one attempt, whose chunks follow each other: of those no point becomes an object. */
async function readLines(db: Db, runIds: readonly string[], { key, range, points, withTimes }: Asked, restarts: readonly Restart[]): Promise<Map<string, Columns>> {
  const isCut = new Set(restarts.map(({ runId }) => runId));
  const [whole, cut] = [runIds.filter((id) => !isCut.has(id)), runIds.filter((id) => isCut.has(id))];
  const lines = whole.length > 0 ? await readCurveColumns(db, whole, key, range, points, withTimes) : new Map<string, Columns>();
  if (cut.length > 0) for (const [runId, own] of await readLine(db, cut, key, range, points, restarts)) lines.set(runId, columnsOf(own, withTimes));
  return lines;
}

/** For the portal's pages, which unpack them: of 24,000 points numbers in JSON cost more than all the rest. */
export const readPackedCurves = query("experiments.readPackedCurves", "viewer", CurvesInput, async ({ db, ctx, input }): Promise<PackedCurve[]> => {
  const { ids } = await comparedRunIds(db, ctx.project.id, input);
  const counts = await countPoints(db, ids, input.key);
  const holders = ids.filter((id) => counts.has(id));
  const asked = { key: input.key, range: { from: input.fromStep, to: input.toStep }, points: pointsEach(input.points, holders.length), withTimes: input.times };
  const totalOf = (runId: string) => counts.get(runId) ?? 0;
  if (input.means) {
    const means = meansByStep(await readMeans(db, holders, input.key, asked.range, asked.points), asked.points);
    return [...means].map(([runId, { steps, values }]) => ({ runId, points: packed({ steps: Float64Array.from(steps), times: new Float64Array(0), values: Float64Array.from(values) }), total: totalOf(runId) }));
  }
  const curves: PackedCurve[] = [];
  for (let from = 0; from < holders.length; from += runsAtOnce) {
    const some = holders.slice(from, from + runsAtOnce);
    const restarts = await readRestarts(db, some, input.key);
    const lines = await readLines(db, some, asked, restarts);
    for (const runId of some) {
      const line = lines.get(runId);
      if (!line) continue;
      const attempts = await attemptsOf(db, runId, asked, restarts.filter((each) => each.runId === runId), holders.length <= supersededOf);
      curves.push({ runId, points: thinned(line, asked.points), total: totalOf(runId), ...attempts });
    }
  }
  return curves;
});

export const readCurves = query("experiments.readCurves", "viewer", CurvesInput, async ({ ctx, input }): Promise<Curve[]> => (await readPackedCurves(ctx, input)).map(unpackCurve));
