/** Which metrics and params a runs table shows until someone picks others: those that tell runs apart, as many as fit. */
import type { RunView } from "@/server/domains/experiments/contract/run";

type Sized = { key: string; width: number };

const mostMetrics = 3;
const mostParams = 3;

/** Keys with more than one value among these runs. One that a run lacks says nothing: it may not have come to log it. */
export function tellingParams(rows: readonly Pick<RunView, "params">[]): Set<string> {
  const seen = new Map<string, string>();
  const telling = new Set<string>();
  for (const { params } of rows) {
    for (const { key, value } of params) {
      if (!seen.has(key)) seen.set(key, value);
      else if (seen.get(key) !== value) telling.add(key);
    }
  }
  return telling;
}

/** The first metric always; then metrics and params in turn, each while there is room for it. */
export function defaultColumns({ metrics, params, room }: { metrics: readonly Sized[]; params: readonly Sized[]; room: number }): Set<string> {
  const shown = new Set<string>();
  let left = room;
  const take = (column: Sized | undefined, isNeeded = false) => {
    if (!column || (column.width > left && !isNeeded)) return;
    left -= column.width;
    shown.add(column.key);
  };
  for (let place = 0; place < Math.max(mostMetrics, mostParams); place += 1) {
    if (place < mostMetrics) take(metrics[place], place === 0);
    if (place < mostParams) take(params[place]);
  }
  return shown;
}
