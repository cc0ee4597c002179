/** When a run's hot tail is sealed, and how short series share a chunk. Pure. */
import type { MetricPoint } from "../../contract/run";

/** Fewer points than these are packed with those of other metrics: a row of its own would weigh more than they do. */
export const shortSeries = 64;

const longTail = 500;
const oldTailMs = 120_000;
const restedMs = 5_000;
const packPoints = 2_048;

/** A UUIDv7's first 48 bits are milliseconds since 1970. */
export const timeOfId = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

export type Tail = { status: string; oldest: string; newest: string; batches: number };

/** A tail is due when it is long or old; of a run that ended, once nothing more came for a moment. */
export function isDue({ status, oldest, newest, batches }: Tail, now: number): boolean {
  if (batches >= longTail || now - timeOfId(oldest) >= oldTailMs) return true;
  return status !== "RUNNING" && now - timeOfId(newest) >= restedMs;
}

/** Series in key order, as many to a pack as are read in one go. */
export function packSeries(series: readonly [string, MetricPoint[]][]): [string, MetricPoint[]][][] {
  const packs: [string, MetricPoint[]][][] = [];
  let size = packPoints;
  for (const one of series) {
    if (size + one[1].length > packPoints) {
      packs.push([]);
      size = 0;
    }
    packs.at(-1)?.push(one);
    size += one[1].length;
  }
  return packs;
}
