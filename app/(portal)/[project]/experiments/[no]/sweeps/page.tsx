import type { Metadata } from "next";
import { Suspense } from "react";
import { ExperimentHeader } from "@/components/experiments/list/experiment-header";
import { SweepsList } from "@/components/experiments/sweeps/list/sweeps-list";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { readExperiment } from "../../read-experiment";

type Props = { params: Promise<{ project: string; no: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Sweeps of ${(await readExperiment(await params)).name}` };
}

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { no } = await readExperiment(await params);
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchInfiniteQuery(trpc.experiments.listSweeps.infiniteQueryOptions({ project, experimentNo: no }, { getNextPageParam: (page) => page.nextCursor })),
  ]);
  return (
    <Hydrate>
      <ExperimentHeader project={project} experimentNo={no} tab="sweeps" />
      <Suspense fallback={<TableSkeleton rows={8} columns={8} />}>
        <SweepsList project={project} experimentNo={no} />
      </Suspense>
    </Hydrate>
  );
}
