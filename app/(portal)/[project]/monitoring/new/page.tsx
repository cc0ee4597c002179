import type { Metadata } from "next";
import { Suspense } from "react";
import { NewMonitor } from "@/components/monitoring/editor/lazy-editors";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";

export const metadata: Metadata = { title: "New monitor · Monitoring" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { model } = await searchParams;
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(trpc.models.listModels.queryOptions({ project, limit: 1_000 })),
    client.prefetchQuery(trpc.catalog.listDatasetChoices.queryOptions({ project, versionsOfEach: 1 })),
    client.prefetchQuery(trpc.monitoring.listMonitors.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <NewMonitor project={project} model={typeof model === "string" ? model : null} />
      </Suspense>
    </Hydrate>
  );
}
