import { formatAbsolute } from "@/components/ui/format/format-time";
import type { ChartData } from "../frame/chart-data";
import type { LineSeries, XMode } from "./line-series";
import type { PreparedLines } from "./prepare-lines";

const names: Record<XMode, string> = { step: "Step", wall: "Time", relative: "Since start, s" };

/** The points as they were logged, a column for each series. */
export function tableOfLines(
  series: readonly LineSeries[],
  prepared: PreparedLines,
  xMode: XMode,
  zone?: string,
): ChartData {
  const columns = series.map((each) => prepared.columns.find((column) => column.id === each.id));
  return {
    columns: [names[xMode], ...series.map((each) => each.label)],
    rows: prepared.xs.map((x, index) => [
      xMode === "wall" ? formatAbsolute(x, zone) : xMode === "relative" ? x / 1000 : x,
      ...columns.map((column) => column?.values[index] ?? null),
    ]),
  };
}
