/** How measures, states, columns and times of monitors are called and written. */
import { formatPercent } from "@/components/ui/format/format-number";
import { formatClock, formatDay } from "@/components/ui/format/format-time";
import type { Measure } from "@/server/domains/monitoring/contract/definition";
import { scoreColumn } from "@/server/domains/monitoring/contract/columns";
import type { MonitorState } from "@/server/domains/monitoring/contract/monitor";

export const measureTitles: Record<Measure, string> = {
  psi: "Drift, PSI", ks: "Drift, KS distance", null_share: "Absent share", count: "Volume", log_loss: "Log-loss", observed_over_predicted: "Observed ÷ predicted",
};

/** What a chart's title does not say already. */
export const measureUnits: Partial<Record<Measure, string>> = { null_share: "share of rows", count: "rows", log_loss: "nats", observed_over_predicted: "ratio" };

export const stateWords: Record<MonitorState, string> = { healthy: "healthy", degraded: "degraded", calibrating: "calibrating", no_data: "no data yet" };

/** The badge that a monitor's state takes. */
export const stateLooks: Record<MonitorState, string> = { healthy: "healthy", degraded: "degraded", calibrating: "running", no_data: "queued" };

export function columnTitle(column: string): string {
  if (column === "") return "all rows";
  return column === scoreColumn ? "the score" : column;
}

/** Further than this a multiple says no more than "far". */
const farOff = 10;

/** Where a window stands against its limit: `67%`, `240%`, `far beyond`. */
export const limitShare = (ratio: number): string => (ratio > farOff ? "far beyond" : formatPercent(ratio, 0));

/** `origin_mean_delay_7d`; of a measure that is of no column the rule's own title. */
export const nearestTitle = (column: string, ruleTitle: string | null): string => (column === "" && ruleTitle ? ruleTitle : columnTitle(column));

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function measureValue(measure: Measure, value: number | null): string {
  if (value === null) return "–";
  if (measure === "null_share") return formatPercent(value, 1);
  if (measure === "count") return Math.round(value).toLocaleString("en");
  return value.toFixed(3);
}

/** A moment of a stream, whose year is rarely this one: `30 May 2001, 14:00`. */
export function streamTime(at: Date): string {
  return `${formatDay(at, 0)}, ${formatClock(at, "UTC")}`;
}
