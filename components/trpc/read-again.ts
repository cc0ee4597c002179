/** Reading what is cached once more. */
import type { QueryClient, QueryFilters, QueryKey } from "@tanstack/react-query";

/** A query that is being read for the first time is not begun anew; that read may be older than what was said. */
export async function readAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const begun = client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching", predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries({ queryKey });
  if (begun.length > 0) await client.invalidateQueries({ queryKey, predicate: (query) => begun.includes(query) });
}

/** What other reads hold of the rows that are asked for, to show until their own read is there. `keepPreviousData` is of no use in `useQueries`: each key has an observer of its own. */
export function heldOf<Row>(client: QueryClient, filters: QueryFilters, isWanted: (row: Row) => boolean): Row[] | undefined {
  const reads = client.getQueryCache().findAll(filters).sort((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
  const rows = reads.flatMap(({ state }) => (state.data as Row[] | undefined)?.filter(isWanted) ?? []);
  return rows.length > 0 ? rows : undefined;
}
