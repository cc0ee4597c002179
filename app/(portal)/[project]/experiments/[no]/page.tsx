import type { Metadata } from "next";
import { Suspense } from "react";
import { ExperimentHeader } from "@/components/experiments/list/experiment-header";
import { RunsPage } from "@/components/experiments/runs/runs-page";
import { noKeys, pageSize, runsKey, searchOfParams } from "@/components/experiments/runs/runs-query";
import { getQueryClient, Hydrate, prefetch, signedInCaller, trpc } from "@/components/trpc/server";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";
import { readExperiment } from "../read-experiment";

type Props = { params: Promise<{ project: string; no: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readExperiment(await params)).name };
}

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const { no, name } = await readExperiment(await params);
  const { caller } = await signedInCaller();
  // What is asked of each run depends on which keys there are.
  const keys = await getQueryClient().fetchQuery(trpc.experiments.listRunKeys.queryOptions({ project, experimentNos: [no] })).catch(() => noKeys);
  const search = searchOfParams(no, await searchParams, keys);
  const { experimentNos, filter, view } = search;
  await prefetch((client) => [
    client.prefetchInfiniteQuery({
      queryKey: runsKey(project, search),
      queryFn: () => caller.experiments.searchRuns({ project, ...search, limit: pageSize }),
      initialPageParam: null,
    }),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(trpc.experiments.countRuns.queryOptions({ project, experimentNos, filter, view })),
  ]);
  return (
    <Hydrate>
      <ExperimentHeader project={project} experimentNo={no} />
      <Suspense fallback={<TableSkeleton rows={20} columns={8} />}>
        <RunsPage project={project} experiment={{ no, name }} serverUrl={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
