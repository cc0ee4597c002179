import type { Metadata } from "next";
import { Suspense } from "react";
import { ComparisonPage } from "@/components/evaluations/comparison/comparison-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";

export const metadata: Metadata = { title: "Comparison" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.evaluations.getComparison.queryOptions({ project, comparisonId: id }))]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ComparisonPage project={project} comparisonId={id} />
      </Suspense>
    </Hydrate>
  );
}
