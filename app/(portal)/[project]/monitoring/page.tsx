import type { Metadata } from "next";
import { Suspense } from "react";
import { MonitorList } from "@/components/monitoring/monitor-list";
import { NewMonitorButton } from "@/components/monitoring/new-monitor-button";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { PageHeader } from "@/components/ui/layout/page-header";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Monitoring" };

type Props = { params: Promise<{ project: string }> };

export default async function MonitoringPage({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(trpc.monitoring.listMonitors.queryOptions({ project })),
    client.prefetchQuery(trpc.monitoring.listAlerts.queryOptions({ project, limit: 50 })),
  ]);
  // An empty page has the button in its middle.
  const isEmpty = getQueryClient().getQueryData(trpc.monitoring.listMonitors.queryKey({ project }))?.length === 0;
  return (
    <Hydrate>
      <PageHeader title="Monitoring" description="Is it all right now; if not, since when, which part, whose?" actions={isEmpty ? undefined : <NewMonitorButton project={project} />} />
      <Suspense fallback={<PageSkeleton />}>
        <MonitorList project={project} origin={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
