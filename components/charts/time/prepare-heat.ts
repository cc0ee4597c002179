import { formatClock, formatDay } from "@/components/ui/format/format-time";

/** Signals × times: what each cell shows and what a row says in words. */

export type HeatLevel = "ok" | "warn" | "bad" | "none";

export type HeatCell = { at: number; value: number | null; level: HeatLevel };

export type HeatRow = { id: string; label: string; unit?: string; cells: readonly HeatCell[]; href?: string };

export type HeatMark = { at: number; label: string };

/** Of one row where it is named, else of all. */
export type HeatWindow = { from: number; to: number; label: string; row?: string };

export const heatWords: Record<HeatLevel, string> = { ok: "in order", warn: "warning", bad: "bad", none: "no data" };

/** The times of all rows together; a row without a cell at one shows "no data" there. */
export function heatTimes(rows: readonly HeatRow[]): number[] {
  return [...new Set(rows.flatMap((row) => row.cells.map((cell) => cell.at)))].sort((a, b) => a - b);
}

export function heatCells(row: HeatRow, times: readonly number[]): HeatCell[] {
  const byTime = new Map(row.cells.map((cell) => [cell.at, cell]));
  return times.map((at) => byTime.get(at) ?? { at, value: null, level: "none" });
}

/** "bad in 3 of 60, now in order": the row for who cannot see it. */
export function heatSummary(cells: readonly HeatCell[]): string {
  const bad = cells.filter((cell) => cell.level === "bad").length;
  const warn = cells.filter((cell) => cell.level === "warn").length;
  const now = cells.at(-1)?.level ?? "none";
  const parts = [bad > 0 ? `bad in ${bad}` : "", warn > 0 ? `warning in ${warn}` : ""].filter(Boolean);
  return `${parts.length > 0 ? `${parts.join(", ")} of ${cells.length}` : `nothing wrong in ${cells.length}`}, now ${heatWords[now]}`;
}

/** The columns a window covers, as 1-based grid lines; null when it lies outside. */
export function windowColumns(window: HeatWindow, times: readonly number[]): [number, number] | null {
  const from = times.findIndex((at) => at >= window.from);
  const to = times.findLastIndex((at) => at < window.to);
  return from === -1 || to < from ? null : [from + 1, to + 2];
}

const day = 86_400_000;

/** How the cells' times are told: by day where they are days apart, else by clock. */
export function heatTime(times: readonly number[], zone?: string): (at: number) => string {
  const [first = 0, second = first] = times;
  return second - first >= day ? (at) => formatDay(at, times.at(-1) ?? at, zone) : (at) => formatClock(at, zone);
}
