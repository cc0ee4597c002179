/** Which part of the runs page's URL is its view: all but the chosen rows, and the saved view that it came from. */

const viewKeys = ["q", "sort", "group", "open", "cols", "rows", "metric", "base", "view", "all"] as const;

export const savedKey = "saved";

/** In one order and one spelling, so that two views can be compared. */
export function viewQueryOf(search: string): string {
  const params = new URLSearchParams(search);
  const kept = viewKeys.flatMap((key) => {
    const value = params.get(key);
    return value ? [[key, value]] : [];
  });
  return new URLSearchParams(kept).toString();
}

/** Where a saved view stands: its state, and its id so that changes can go back into it. */
export function savedHref(view: { id: string; query: string }): string {
  return `?${[viewQueryOf(view.query), `${savedKey}=${view.id}`].filter(Boolean).join("&")}`;
}

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
