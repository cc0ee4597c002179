/** One set of defaults for the browser's cache and for the server's prefetch. */
import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

/** As long as what was read is taken as good where nothing was said against it. */
export const staleMs = 30_000;

type Failure = { data?: { httpStatus?: number } };

/** Only what may pass by itself is asked again: not a refusal, not bad input. A page that is being made on the server does not wait for it. */
function mayRetry(failures: number, error: unknown): boolean {
  if (typeof window === "undefined") return false;
  const status = (error as Failure).data?.httpStatus ?? 0;
  return failures < 3 && (status === 0 || status >= 500);
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Live events invalidate what changed; until one comes, what was read stays good.
      queries: { staleTime: staleMs, retry: mayRetry },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
