/** Rows of the hours in which jobs ended → lines over every hour: none ended is zero, but no wait is a gap. */
import type { LineSeries } from "@/components/charts/lines/line-series";

export type HourRow = { hour: Date; succeeded: number; failed: number; cancelled: number; lost: number; waitSeconds: number | null; cpuHours: number; gpuHours: number };

const HOUR = 3_600_000;

export function historyLines(rows: readonly HourRow[], hours: number, now: number): { ended: LineSeries[]; waited: LineSeries[]; used: LineSeries[] } {
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  const last = Math.floor(now / HOUR) * HOUR;
  const times = Array.from({ length: hours }, (_, index) => last - (hours - 1 - index) * HOUR);
  const line = (id: string, label: string, of: (row: HourRow) => number | null, none: number | null): LineSeries => ({
    id,
    label,
    points: times.map((at) => {
      const row = byHour.get(at);
      return { at, value: row ? of(row) : none };
    }),
  });
  const wait = waitUnit(rows);
  const some = (of: (row: HourRow) => number) => rows.some((row) => of(row) > 0);
  return {
    ended: [
      line("succeeded", "succeeded", (row) => row.succeeded, 0),
      line("failed", "failed", (row) => row.failed + row.lost, 0),
      ...(some((row) => row.cancelled) ? [line("cancelled", "cancelled", (row) => row.cancelled, 0)] : []),
    ],
    waited: [line("waited", "wait", (row) => (row.waitSeconds === null ? null : row.waitSeconds / wait.seconds), null)],
    used: [line("cpu", "CPU", (row) => row.cpuHours, 0), ...(some((row) => row.gpuHours) ? [line("gpu", "GPU", (row) => row.gpuHours, 0)] : [])],
  };
}

/** Waits in the unit that their longest asks for, so that an axis' ticks differ. */
export function waitUnit(rows: readonly HourRow[]): { unit: string; seconds: number } {
  const longest = Math.max(0, ...rows.map((row) => row.waitSeconds ?? 0));
  if (longest < 120) return { unit: "s", seconds: 1 };
  return longest < 7_200 ? { unit: "min", seconds: 60 } : { unit: "h", seconds: 3_600 };
}
