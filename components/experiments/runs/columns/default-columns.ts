/** Which metrics and params a runs table shows until someone picks others: those that tell runs apart, as many as fit. */
import { mostMetrics, mostParams } from "./asked-columns";

type Sized = { key: string; width: number };

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
