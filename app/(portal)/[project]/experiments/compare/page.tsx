import type { Metadata } from "next";
import { Suspense } from "react";
import { comparedIds, compareSearch } from "@/components/experiments/compare/compare-query";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { CompareWithEvaluations } from "./compare-with-evaluations";

export const metadata: Metadata = { title: "Compare runs" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ runs?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const ids = comparedIds((await searchParams).runs ?? "");
  await prefetch((client) => (ids.length > 0 ? [client.prefetchQuery(trpc.experiments.searchRuns.queryOptions(compareSearch(project, ids)))] : []));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <CompareWithEvaluations project={project} />
      </Suspense>
    </Hydrate>
  );
}
