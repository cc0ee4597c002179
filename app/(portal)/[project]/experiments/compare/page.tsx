import type { Metadata } from "next";
import { Suspense } from "react";
import { askedOf, asksNothing } from "@/components/experiments/compare/compare-query";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { CompareWithEvaluations } from "./compare-with-evaluations";

export const metadata: Metadata = { title: "Compare runs" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ runs?: string; set?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = askedOf(await searchParams);
  await prefetch((client) => (asksNothing(asked) ? [] : [client.prefetchQuery(trpc.experiments.readComparison.queryOptions({ project, ...asked }))]));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <CompareWithEvaluations project={project} />
      </Suspense>
    </Hydrate>
  );
}
