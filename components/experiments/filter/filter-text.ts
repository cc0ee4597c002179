/** Pieces of the runs' filter language as text. */
import type { RunKeys } from "@/server/domains/experiments/contract/run";

const plain = /^[A-Za-z_][\w-]*(?:\/[\w-]+)*(?:\.[A-Za-z_][\w-]*(?:\/[\w-]+)*)*$/;

/** `metrics.auc`, or with backticks where the key holds more than a word. */
export function fieldText(scope: "metrics" | "params" | "tags", key: string): string {
  return `${scope}.${plain.test(key) ? key : `\`${key}\``}`;
}

export const quoted = (value: string) => `"${value.replace(/["\\]/g, "\\$&")}"`;

/** A filter that fits what was logged. */
export function exampleFilter(keys: RunKeys): string {
  const metric = keys.metrics[0];
  const isWord = (value: string | undefined) => value !== undefined && /^[A-Za-z][\w-]{1,11}$/.test(value);
  const param = keys.params.find((each) => each.distinct > 1 && isWord(each.values[0]));
  const parts = [
    metric ? `${fieldText("metrics", metric.key)} > 0.7` : "metrics.auc > 0.7",
    param ? `${fieldText("params", param.key)} = ${quoted(param.values[0] ?? "")}` : 'params.model = "gbdt"',
  ];
  return parts.join(" and ");
}
