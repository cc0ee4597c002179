/** What is in the cache already. */
import type { QueryClient, QueryFilters } from "@tanstack/react-query";

/** What other reads hold of the rows that are asked for, to show until their own read is there. `keepPreviousData` is of no use in `useQueries`: each key has an observer of its own. */
export function heldOf<Row>(client: QueryClient, filters: QueryFilters, isWanted: (row: Row) => boolean): Row[] | undefined {
  const reads = client.getQueryCache().findAll(filters).sort((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
  const rows = reads.flatMap(({ state }) => (state.data as Row[] | undefined)?.filter(isWanted) ?? []);
  return rows.length > 0 ? rows : undefined;
}
