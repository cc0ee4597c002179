import type { Metadata } from "next";
import { Suspense } from "react";
import { ExperimentsPage } from "@/components/experiments/list/experiments-page";
import { experimentsKey, experimentsSearchOf } from "@/components/experiments/list/experiments-query";
import { Hydrate, prefetch, signedInCaller, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Experiments" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | undefined>> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const search = experimentsSearchOf(await searchParams);
  const { caller } = await signedInCaller();
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchInfiniteQuery({
      queryKey: experimentsKey(project, search),
      queryFn: () => caller.experiments.listExperiments({ project, ...search }),
      initialPageParam: null,
    }),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ExperimentsPage project={project} serverUrl={publicUrl()} />
      </Suspense>
    </Hydrate>
  );
}
