import type { Metadata } from "next";
import { Suspense } from "react";
import { NewMonitor } from "@/components/monitoring/editor/lazy-editors";
import { startModel } from "@/components/monitoring/editor/start-draft";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";

export const metadata: Metadata = { title: "New monitor · Monitoring" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { model } = await searchParams;
  const wanted = typeof model === "string" ? model : null;
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getAccount.queryOptions({})),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client
      .fetchQuery(trpc.models.listModels.queryOptions({ project, limit: 1_000 }))
      .then(({ models }) => startModel(models, wanted))
      .then((chosen) => chosen && client.prefetchQuery(trpc.monitoring.proposeReference.queryOptions({ project, model: chosen.name })))
      .catch(() => undefined),
    client.prefetchQuery(trpc.catalog.listDatasetChoices.queryOptions({ project, versionsOfEach: 1 })),
    client.prefetchQuery(trpc.monitoring.listMonitors.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <NewMonitor project={project} model={wanted} />
      </Suspense>
    </Hydrate>
  );
}
