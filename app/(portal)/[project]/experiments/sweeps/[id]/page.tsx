import type { Metadata } from "next";
import { Suspense } from "react";
import { SweepPage } from "@/components/experiments/sweeps/view/sweep-page";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { orNotFound } from "../../read-experiment";

type Props = { params: Promise<{ project: string; id: string }> };

async function readSweep({ params }: Props) {
  const { project, id } = await params;
  return getQueryClient().fetchQuery(trpc.experiments.getSweep.queryOptions({ project, sweepId: id })).catch(orNotFound);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await readSweep(props)).name };
}

export default async function Page(props: Props) {
  const { project } = await props.params;
  const { id } = await readSweep(props);
  await prefetch((client) => [client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project }))]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <SweepPage project={project} sweepId={id} />
      </Suspense>
    </Hydrate>
  );
}
