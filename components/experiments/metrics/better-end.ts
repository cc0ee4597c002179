/** Which end of a metric is better, judged by its name; null where the name does not say. */

const lower = /(^|[^a-z])(loss|logloss|err|error|mse|rmse|mae|mape|brier|ece|nll|perplexity|ppl|wer|cer|latency|regret|divergence|kl|deviance)([^a-z]|$)/;
const higher =
  /(^|[^a-z])(auc|auroc|auprc|roc|acc|accuracy|f1|fscore|precision|recall|score|map|ndcg|mrr|bleu|rouge|iou|dice|r2|reward|throughput|lift|gain)([^a-z]|$)/;

export function betterEnd(key: string): "max" | "min" | null {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().replace(/_/g, " ");
  if (lower.test(words)) return "min";
  return higher.test(words) ? "max" : null;
}

/** Whether `value` is better than `than`; null where neither can be said to be. */
export function isBetter(key: string, value: number, than: number): boolean | null {
  const end = betterEnd(key);
  if (end === null || value === than || Number.isNaN(value) || Number.isNaN(than)) return null;
  return end === "max" ? value > than : value < than;
}
