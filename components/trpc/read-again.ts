/** Reading what is cached once more. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** A query that is being read for the first time is not begun anew; that read may be older than what was said. */
export async function readAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const begun = client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching", predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries({ queryKey });
  if (begun.length > 0) await client.invalidateQueries({ queryKey, predicate: (query) => begun.includes(query) });
}
