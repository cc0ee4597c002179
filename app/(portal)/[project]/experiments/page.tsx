import type { Metadata } from "next";
import { Suspense } from "react";
import { ExperimentsPage } from "@/components/experiments/list/experiments-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Experiments" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [
    client.prefetchQuery(trpc.experiments.listExperiments.queryOptions({ project, view: "ACTIVE_ONLY", limit: 500 })),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ExperimentsPage project={project} serverUrl={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
