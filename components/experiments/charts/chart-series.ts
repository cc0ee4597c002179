/** Curves as they were read → lines as they are drawn; pure. */
import type { EventMark, LineSeries, Range, XMode } from "@/components/charts/lines/line-series";
import type { Curve } from "@/server/domains/experiments/contract/compare";
import type { ChartedRun, RunGroup } from "./charted";

type Columns = Pick<Curve, "steps" | "times" | "values">;
const pointsOf = ({ steps, times, values }: Columns) => steps.map((step, index) => ({ step, at: times[index], value: values[index] ?? Number.NaN }));

/** When each run began, by its whole curve: of a stretch of it the first point does not tell. */
export type Starts = ReadonlyMap<string, number>;

export const startsOf = (whole: readonly Curve[]): Starts => new Map(whole.flatMap(({ runId, times: [first] }) => (first === undefined ? [] : [[runId, first]])));

/** More marks than these would cover each other. */
const marksAtMost = 6;

/** Where later attempts begin, on the axis that is shown; on a clock the first point of theirs tells it. */
export function attemptMarks(curves: readonly Curve[], runs: readonly ChartedRun[], mode: XMode, starts: Starts): EventMark[] {
  const names = new Map(runs.map((run) => [run.id, run.name]));
  const marks = curves.flatMap(({ runId, attempts = [], steps, times }) =>
    attempts.flatMap(({ number, step }) => {
      const at = times[steps.findIndex((each) => each >= step)];
      const x = mode === "step" ? step : mode === "wall" ? at : at === undefined ? at : at - (starts.get(runId) ?? times[0] ?? 0);
      const label = `attempt ${number} from step ${step}`;
      return x === undefined ? [] : [{ x, label: runs.length > 1 ? `${names.get(runId) ?? ""}: ${label}` : label }];
    }),
  );
  return marks.length <= marksAtMost ? marks : [];
}

export function seriesOfRuns(curves: readonly Curve[], runs: readonly ChartedRun[], starts: Starts, baselineId?: string | null): LineSeries[] {
  const byRun = new Map(curves.map((curve) => [curve.runId, curve]));
  return runs.flatMap((run) => {
    const curve = byRun.get(run.id);
    if (!curve || curve.steps.length === 0) return [];
    const before = curve.superseded?.map((line) => ({ label: `attempt ${line.attempt}, superseded`, points: pointsOf(line) }));
    return [{ id: run.id, label: run.name, points: pointsOf(curve), start: starts.get(run.id), before, baseline: run.id === baselineId && runs.length > 1, look: run.look }];
  });
}

/** Mean and sample standard deviation; one value has no spread. */
function spreadOf(values: readonly number[]): { mean: number; low: number; high: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(square / (values.length - 1)) : 0;
  return { mean, low: mean - deviation, high: mean + deviation };
}

/** One line a group: at each step the mean of those of its runs that have a value there, with a band of one sd. */
export function seriesOfGroups(curves: readonly Curve[], groups: readonly RunGroup[]): LineSeries[] {
  const byRun = new Map(curves.map((curve) => [curve.runId, curve]));
  return groups.flatMap(({ name, look, runIds }) => {
    const byStep = new Map<number, number[]>();
    const own = runIds.flatMap((id) => byRun.get(id) ?? []);
    for (const { steps, values } of own) for (const [index, step] of steps.entries()) byStep.set(step, [...(byStep.get(step) ?? []), values[index] ?? Number.NaN]);
    if (byStep.size === 0) return [];
    const ordered = [...byStep].sort(([a], [b]) => a - b).map(([step, values]) => ({ step, ...spreadOf(values) }));
    return [{ id: name, label: `${name} (n = ${own.length})`, look, points: ordered.map(({ step, mean }) => ({ step, value: mean })), band: ordered.map(({ low, high }) => ({ low, high })) }];
  });
}

/** Which steps a stretch of a clock shows, over the runs that have a point in it, and one more at each end. */
export function stepsWithin(curves: readonly Curve[], mode: Exclude<XMode, "step">, { from, to }: Range): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { steps, times } of curves) {
    const start = mode === "relative" ? (times[0] ?? 0) : 0;
    const first = times.findIndex((time) => time - start >= from);
    const last = times.findLastIndex((time) => time - start <= to);
    if (first < 0 || last < first) continue;
    low = Math.min(low, steps[Math.max(0, first - 1)] ?? low);
    high = Math.max(high, steps[Math.min(steps.length - 1, last + 1)] ?? high);
  }
  return low <= high ? { from: low, to: high } : null;
}
