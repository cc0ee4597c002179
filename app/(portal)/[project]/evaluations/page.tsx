import type { Metadata } from "next";
import { Suspense } from "react";
import { ComparisonList } from "@/components/evaluations/comparison/comparison-list";
import { EvaluateButton } from "@/components/evaluations/evaluate/evaluate-button";
import { EvaluationsTable } from "@/components/evaluations/evaluations-table";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";

export const metadata: Metadata = { title: "Evaluations" };

type Props = { params: Promise<{ project: string }> };

export default async function EvaluationsPage({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [
    client.prefetchQuery(trpc.evaluations.listEvaluations.queryOptions({ project, limit: 200 })),
    client.prefetchQuery(trpc.evaluations.listEvaluationRequests.queryOptions({ project })),
    client.prefetchQuery(trpc.evaluations.listComparisons.queryOptions({ project, limit: 20 })),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <PageHeader
        title="Evaluations"
        description="Is the candidate better, and for whom is it worse? Choose two to compare them."
        actions={<EvaluateButton project={project} variant="primary">Evaluate a model</EvaluateButton>}
      />
      <Suspense>
        <EvaluationsTable project={project} />
        <ComparisonList project={project} />
      </Suspense>
    </Hydrate>
  );
}
