/** Prefetching in server components: pages start a query, the browser's components find it in the cache. */
import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { signInPath } from "@/components/identity/sign-in-path";
import { requestContext } from "@/server/platform/trpc/request-context";
import { appRouter, makeCaller } from "@/server/root";
import { makeQueryClient } from "./query-client";

export const getQueryClient = cache(makeQueryClient);

const getContext = cache(async () => requestContext(await headers()));

export const trpc = createTRPCOptionsProxy({ ctx: getContext, router: appRouter, queryClient: getQueryClient });

/** The caller for what a layout itself needs; sends a person without a session to sign in. */
export async function signedInCaller() {
  const context = await getContext();
  if (!context.actor) redirect(signInPath((await headers()).get("x-page-path")));
  return { caller: makeCaller(context), actor: context.actor };
}

/** Waits for the queries, so that the first paint has their data; a failure is left to the component to show. */
export async function prefetch(start: (client: QueryClient) => Promise<unknown>[]): Promise<void> {
  await Promise.all(start(getQueryClient()));
}

export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
