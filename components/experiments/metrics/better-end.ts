/** Which end of a metric is better: as a recipe promised, or judged by its name; null where neither says. */
import type { BetterEnd } from "@/server/domains/experiments/contract/run";

const lower = /(^|[^a-z])(loss|logloss|err|error|mse|rmse|mae|mape|brier|ece|nll|perplexity|ppl|wer|cer|latency|regret|divergence|kl|deviance)([^a-z]|$)/;
const higher =
  /(^|[^a-z])(auc|auroc|auprc|roc|acc|accuracy|f1|fscore|precision|recall|score|map|ndcg|mrr|bleu|rouge|iou|dice|r2|reward|throughput|lift|gain)([^a-z]|$)/;

export type MetricName = { key: string; better?: BetterEnd };

export function betterEnd({ key, better }: MetricName): BetterEnd | null {
  if (better) return better;
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().replace(/_/g, " ");
  if (lower.test(words)) return "min";
  return higher.test(words) ? "max" : null;
}

/** Whether `value` is better than `than`; null where neither can be said to be. */
export function isBetter(end: BetterEnd | null, value: number, than: number): boolean | null {
  if (end === null || value === than || Number.isNaN(value) || Number.isNaN(than)) return null;
  return end === "max" ? value > than : value < than;
}

export const endOf = (direction: "minimize" | "maximize"): BetterEnd => (direction === "maximize" ? "max" : "min");
