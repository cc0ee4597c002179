import { formatAbsolute } from "@/components/ui/format/format-time";
import type { ChartData } from "../frame/chart-data";
import type { LineSeries, XMode } from "./line-series";
import { prepareLines } from "./prepare-lines";

const names: Record<XMode, string> = { step: "Step", wall: "Time", relative: "Since start, s" };

const columnsAtMost = 50;

/** The points as they were logged, a column for each series; of very many series the first. */
export function tableOfLines(all: readonly LineSeries[], xMode: XMode, zone?: string): ChartData {
  const series = all.slice(0, columnsAtMost);
  const prepared = prepareLines({ series, xMode });
  const columns = series.map((each) => prepared.columns.find((column) => column.id === each.id && column.role === "line"));
  return {
    columns: [names[xMode], ...series.map((each) => each.label)],
    rows: prepared.xs.map((x, index) => [
      xMode === "wall" ? formatAbsolute(x, zone) : xMode === "relative" ? x / 1000 : x,
      ...columns.map((column) => column?.values[index] ?? null),
    ]),
  };
}
