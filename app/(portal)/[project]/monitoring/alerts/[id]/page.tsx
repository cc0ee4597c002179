import type { Metadata } from "next";
import { Suspense } from "react";
import { AlertPage } from "@/components/monitoring/alerts/alert-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../../compute/or-not-found";

export const metadata: Metadata = { title: "Alert" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  await prefetch((client) => [client.fetchQuery(trpc.monitoring.getAlert.queryOptions({ project, alertId: id })).catch(orNotFound)]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <AlertPage project={project} alertId={id} />
      </Suspense>
    </Hydrate>
  );
}
