import { formatAbsolute } from "@/components/ui/format/format-time";
import type { ChartData } from "../frame/chart-data";
import type { EventMark, LineSeries, XMode } from "./line-series";
import { prepareLines } from "./prepare-lines";

const names: Record<XMode, string> = { step: "Step", wall: "Time", relative: "Since start, s" };

const columnsAtMost = 50;

/** The points as they were logged, a column for each series and each line that it took the place of; of very many series the first. Marks have a column too. */
export function tableOfLines(all: readonly LineSeries[], xMode: XMode, zone?: string, events: readonly EventMark[] = []): ChartData {
  const series = all.slice(0, columnsAtMost);
  const prepared = prepareLines({ series, xMode });
  const columns = series.flatMap(({ id, label, before = [] }) => {
    const own = prepared.columns.filter((column) => column.id === id);
    const earlier = own.filter((column) => column.role === "before");
    return [{ label, values: own.find((column) => column.role === "line")?.values }, ...before.map((line, index) => ({ label: `${label}, ${line.label}`, values: earlier[index]?.values }))];
  });
  const marked = new Map<number, string>();
  for (const { x: at, label } of events) {
    const row = prepared.xs.findIndex((x) => x >= at);
    marked.set(row, [marked.get(row) ?? [], label].flat().join("; "));
  }
  return {
    columns: [names[xMode], ...columns.map((column) => column.label), ...(events.length > 0 ? ["Mark"] : [])],
    rows: prepared.xs.map((x, index) => [
      xMode === "wall" ? formatAbsolute(x, zone) : xMode === "relative" ? x / 1000 : x,
      ...columns.map((column) => column.values?.[index] ?? null),
      ...(events.length > 0 ? [marked.get(index) ?? null] : []),
    ]),
  };
}
