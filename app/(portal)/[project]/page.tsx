import type { Metadata } from "next";
import { Suspense } from "react";
import { MlflowLinks } from "@/components/home/mlflow-links";
import { Hydrate, prefetch, signedInCaller, trpc } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { HomeWithHealth } from "./home-with-health";
import { orNotVisible } from "./or-not-visible";

type Props = { params: Promise<{ project: string }> };

/** Read by its own name: with several projects open, a tab says which. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { caller } = await signedInCaller();
  const { name } = await caller.identity.getProject({ project: (await params).project }).catch(orNotVisible);
  return { title: `Home · ${name}` };
}

export default async function Page({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [
    client.prefetchQuery(trpc.models.listPromotions.queryOptions({ project, state: "pending" })),
    client.prefetchQuery(trpc.compute.listJobs.queryOptions({ project, limit: 30 })),
    client.prefetchQuery(trpc.models.listModels.queryOptions({ project, limit: 50 })),
    client.prefetchQuery(trpc.monitoring.listAlerts.queryOptions({ project, state: "open", limit: 10 })),
    client.prefetchQuery(trpc.monitoring.listAlerts.queryOptions({ project, limit: 1 })),
    client.prefetchQuery(trpc.monitoring.listReplays.queryOptions({ project })),
    client.prefetchQuery(trpc.monitoring.listMonitors.queryOptions({ project })),
    client.prefetchQuery(trpc.platform.getExample.queryOptions({ project })),
    client.prefetchQuery(trpc.platform.listChanges.queryOptions({ project, limit: 60 })),
  ]);
  return (
    <Hydrate>
      <MlflowLinks project={project} />
      <PageHeader title="Home" description="What needs you, what runs, what is live." />
      <Suspense fallback={<PageSkeleton />}>
        <HomeWithHealth project={project} origin={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
