/** How measures, states and columns of monitors are called and written. */
import { formatPercent } from "@/components/ui/format/format-number";
import type { Measure } from "@/server/domains/monitoring/contract/definition";
import { type MonitorState, scoreColumn } from "@/server/domains/monitoring/contract/monitor";

export const measureTitles: Record<Measure, string> = {
  psi: "PSI", ks: "KS distance", null_share: "Absent share", count: "Volume", log_loss: "Log-loss", observed_over_predicted: "Observed ÷ predicted",
};

export const stateWords: Record<MonitorState, string> = { healthy: "healthy", degraded: "degraded", calibrating: "calibrating", no_data: "no data yet" };

export function columnTitle(column: string): string {
  if (column === "") return "all rows";
  return column === scoreColumn ? "score" : column;
}

export function measureValue(measure: Measure, value: number | null): string {
  if (value === null) return "–";
  if (measure === "null_share") return formatPercent(value, 1);
  if (measure === "count") return Math.round(value).toLocaleString("en");
  return value.toFixed(3);
}
