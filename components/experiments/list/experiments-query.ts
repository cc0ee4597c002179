/** The list's URL state as the listing verb's input, for the server's prefetch and the browser alike. */

export type ExperimentsView = "active" | "deleted";

export const experimentsPageSize = 100;

export const experimentsSort = { key: "activity", desc: true };

const fields: Record<string, string> = { name: "name", activity: "last_run_time", created: "creation_time" };

/** What is typed is a part of the name; `%` and `_` stand for themselves. */
function filterOf(text: string): string {
  const wanted = text.trim();
  return wanted === "" ? "" : `name ILIKE '%${wanted.replace(/['\\]/g, "\\$&").replace(/[%_]/g, "\\\\$&")}%'`;
}

export function experimentsSearch(asked: { text: string; sort: { key: string; desc: boolean } | null; view: ExperimentsView }) {
  const field = fields[asked.sort?.key ?? ""] ?? "last_run_time";
  return {
    filter: filterOf(asked.text),
    orderBy: [`${field} ${asked.sort?.desc === false ? "ASC" : "DESC"}`],
    view: asked.view === "deleted" ? ("DELETED_ONLY" as const) : ("ACTIVE_ONLY" as const),
    limit: experimentsPageSize,
  };
}

export const experimentsKey = (project: string, search: ReturnType<typeof experimentsSearch>) => ["experiments", "list", project, search] as const;

export function experimentsSearchOf(params: Record<string, string | undefined>) {
  const [, key, direction] = /^(.+)\.(asc|desc)$/.exec(params.sort ?? "") ?? [];
  const sort = key ? { key, desc: direction === "desc" } : experimentsSort;
  return experimentsSearch({ text: params.q ?? "", sort, view: params.view === "deleted" ? "deleted" : "active" });
}
