/** Metrics in the order in which a person asks for them: what judges the model on held-out rows, and always the same. */
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { betterEnd } from "./better-end";

type MetricKey = RunKeys["metrics"][number];

const wordsOf = (key: string) => key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/);
const heldOut = new Set(["val", "valid", "validation", "test", "eval", "evaluation", "holdout"]);
const training = new Set(["train", "training", "fit"]);

/** On held-out rows, on rows that its name does not tell, or on those it was trained on and deep inside the model. */
function placeOf(key: string): number {
  const words = wordsOf(key);
  if (words.some((word) => heldOut.has(word))) return 2;
  return words.some((word) => training.has(word)) || /[/.]/.test(key) ? 0 : 1;
}

/** Whether at least half as many runs logged it as the metric of most: a run that has just begun moves nothing. */
const weight = ({ key, runs, scoring, better }: MetricKey, most: number) =>
  (scoring ? 0 : 100) + (better ? 20 : 0) + (betterEnd({ key, better }) ? 10 : 0) + 2 * placeOf(key) + (2 * runs >= most ? 1 : 0);

/** A table asks again with each of its drawings, and there may be thousands. */
const ranked = new WeakMap<readonly MetricKey[], readonly MetricKey[]>();

export function rankMetrics(metrics: readonly MetricKey[]): readonly MetricKey[] {
  const known = ranked.get(metrics);
  if (known) return known;
  const most = metrics.reduce((max, { runs, scoring }) => (scoring ? max : Math.max(max, runs)), 0);
  const weighed = metrics.map((metric) => ({ metric, weight: weight(metric, most) }));
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const sorted = weighed.sort((a, b) => b.weight - a.weight || compare(a.metric.key, b.metric.key)).map(({ metric }) => metric);
  ranked.set(metrics, sorted);
  return sorted;
}
