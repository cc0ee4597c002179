import { viewKeys } from "./view-query";

const plainNames: Record<(typeof viewKeys)[number], (value: string) => string> = {
  q: (value) => value,
  sort: (value) => `by ${value.replace(/^(metrics|params|tags)\./, "").replace(/\.(asc|desc)$/, "")}`,
  group: (value) => `grouped by ${value.replace(/^(params|tags)\./, "")}`,
  open: () => "some groups open",
  cols: (value) => `${value.split(",").length} columns`,
  rows: (value) => `${value} rows`,
  metric: (value) => `about ${value}`,
  base: () => "with a baseline",
  view: (value) => `${value} runs`,
  all: () => "with nested runs",
};

/** A view in a few words: `metrics.auc > 0.9 · by auc · 4 columns`. */
export function viewWords(query: string): string {
  const params = new URLSearchParams(query);
  const words = viewKeys.flatMap((key) => {
    const value = params.get(key);
    return value ? [plainNames[key](value)] : [];
  });
  return words.join(" · ") || "All runs, as they come";
}
