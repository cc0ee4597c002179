import type { Metadata } from "next";
import { Suspense } from "react";
import { AgentPage } from "@/components/compute/agents/agent-page";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { orNotFound } from "../../or-not-found";

type Params = Promise<{ project: string; id: string }>;

async function readAgent(params: Params) {
  const { project, id } = await params;
  return getQueryClient().fetchQuery(trpc.compute.getAgent.queryOptions({ project, agentId: id })).catch(orNotFound);
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await readAgent(params)).name };
}

export default async function Page({ params }: { params: Params }) {
  const { project, id } = await params;
  await readAgent(params);
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchInfiniteQuery(trpc.compute.listJobs.infiniteQueryOptions({ project, agentId: id, limit: 50 }, { getNextPageParam: (page) => page.nextCursor })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <AgentPage project={project} agentId={id} serverUrl={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
