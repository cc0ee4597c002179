import type { Metadata } from "next";
import { Suspense } from "react";
import { ComputePage } from "@/components/compute/overview/compute-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Compute" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | undefined>> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { q } = await searchParams;
  const { listJobs, listQueue, countJobs, listAgents } = trpc.compute;
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(listQueue.queryOptions({ project })),
    client.prefetchQuery(countJobs.queryOptions({ project })),
    client.prefetchQuery(listAgents.queryOptions({ project })),
    client.prefetchQuery(listJobs.queryOptions({ project, states: ["running", "preparing"], limit: 200 })),
    ...(q ? [] : [client.prefetchInfiniteQuery(listJobs.infiniteQueryOptions({ project, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }))]),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ComputePage project={project} serverUrl={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
