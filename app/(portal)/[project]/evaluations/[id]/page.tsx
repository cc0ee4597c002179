import type { Metadata } from "next";
import { Suspense } from "react";
import { EvaluationPage } from "@/components/evaluations/evaluation-page";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";

export const metadata: Metadata = { title: "Evaluation" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId: id }))]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <EvaluationPage project={project} evaluationId={id} />
      </Suspense>
    </Hydrate>
  );
}
