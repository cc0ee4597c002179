/** Which part of the runs page's URL is its view: all but the chosen rows, and the saved view that it came from. */

export const viewKeys = ["q", "sort", "group", "open", "cols", "rows", "metric", "base", "view", "all"] as const;

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
