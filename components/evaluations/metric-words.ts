/** How the domain's metrics are called and written. */
import type { Estimate, MetricName } from "@/server/domains/evaluations/contract/result";
import { formatInterval } from "@/components/ui/format/format-difference";

export const metricTitles: Record<MetricName, string> = { log_loss: "Log-loss", auc: "AUC", brier: "Brier score", ece: "ECE" };

export const methodWords: Record<string, string> = {
  cluster_t: "cluster-robust t interval", cluster_bootstrap: "bootstrap of whole clusters", cluster_bootstrap_shifted: "the same bootstrap less its bias for ECE",
  paired_t: "t interval over rows", paired_bootstrap: "bootstrap of rows", paired_bootstrap_shifted: "bootstrap of rows less its bias for ECE", delong: "DeLong",
};

export function estimateText({ value, low, high }: Estimate, digits = 4): string {
  if (value === null) return "not defined";
  const interval = low === null || high === null ? "" : ` ${formatInterval({ low, high }, digits)}`;
  return value.toFixed(digits) + interval;
}
