import type { Metadata } from "next";
import { Suspense } from "react";
import { AlertPage } from "@/components/monitoring/alerts/alert-page";
import { getQueryClient, Hydrate, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../../compute/or-not-found";

type Props = { params: Promise<{ project: string; id: string }> };

/** Read once a request; a path that names none is a page that is not found. */
const readAlert = async (project: string, alertId: string) => getQueryClient().fetchQuery(trpc.monitoring.getAlert.queryOptions({ project, alertId })).catch(orNotFound);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  return { title: `${(await readAlert(project, id)).alert.title} · Alert` };
}

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  await readAlert(project, id);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <AlertPage project={project} alertId={id} />
      </Suspense>
    </Hydrate>
  );
}
