import type { Metadata } from "next";
import { Suspense } from "react";
import { MonitorPage } from "@/components/monitoring/monitor-page";
import { trafficMinutes } from "@/components/monitoring/signals/prepare-signals";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../compute/or-not-found";

type Props = { params: Promise<{ project: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).name} · Monitoring` };
}

export default async function Page({ params }: Props) {
  const { project, name } = await params;
  await prefetch((client) => [
    client
      .fetchQuery(trpc.monitoring.getMonitor.queryOptions({ project, name }))
      .catch(orNotFound)
      .then(({ model }) => client.prefetchQuery(trpc.models.readTraffic.queryOptions({ project, name: model, minutes: trafficMinutes }))),
    client.prefetchQuery(trpc.monitoring.readMonitorSeries.queryOptions({ project, name, windows: 90 })),
    client.prefetchQuery(trpc.monitoring.listAlerts.queryOptions({ project, monitor: name, limit: 50 })),
    client.prefetchQuery(trpc.monitoring.listReplays.queryOptions({ project })),
    client.prefetchQuery(trpc.monitoring.readFeatureDrift.queryOptions({ project, name })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <MonitorPage project={project} name={name} />
      </Suspense>
    </Hydrate>
  );
}
