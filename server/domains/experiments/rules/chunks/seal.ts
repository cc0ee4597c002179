/** Sealing: points of one metric in MLflow's order, each once, cut into chunks of a bounded size. Pure. */
import type { MetricPoint } from "../../contract/run";

export const chunkPoints = 4_096;

/** By step, then timestamp, then value; NaN is the greatest value. */
export function comparePoints(a: MetricPoint, b: MetricPoint): number {
  if (a.step !== b.step) return a.step - b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  if (Object.is(a.value, b.value) || a.value === b.value) return 0;
  if (Number.isNaN(a.value)) return 1;
  if (Number.isNaN(b.value)) return -1;
  return a.value < b.value ? -1 : 1;
}

const isSorted = (points: readonly MetricPoint[]) => points.every((point, i) => i === 0 || comparePoints(points[i - 1] ?? point, point) < 0);

/** Sorted, a repeated point once; `repeats` are those that were dropped. */
export function sortPoints(points: readonly MetricPoint[]): { points: MetricPoint[]; repeats: MetricPoint[] } {
  if (isSorted(points)) return { points: [...points], repeats: [] };
  const kept: MetricPoint[] = [];
  const repeats: MetricPoint[] = [];
  for (const point of [...points].sort(comparePoints)) {
    const before = kept.at(-1);
    if (before && comparePoints(before, point) === 0) repeats.push(point);
    else kept.push(point);
  }
  return { points: kept, repeats };
}

/** Full chunks from the start on; the last takes what is left. */
export function cutChunks(points: readonly MetricPoint[]): MetricPoint[][] {
  const chunks: MetricPoint[][] = [];
  for (let from = 0; from < points.length; from += chunkPoints) chunks.push(points.slice(from, from + chunkPoints));
  return chunks;
}
