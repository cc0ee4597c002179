import type { Metadata } from "next";
import { Suspense } from "react";
import { MonitorEditor } from "@/components/monitoring/editor/lazy-editors";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../../compute/or-not-found";

type Props = { params: Promise<{ project: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name} · Monitoring` };
}

export default async function Page({ params }: Props) {
  const { project, name } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })), client.fetchQuery(trpc.monitoring.getMonitor.queryOptions({ project, name })).catch(orNotFound)]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <MonitorEditor project={project} name={name} />
      </Suspense>
    </Hydrate>
  );
}
