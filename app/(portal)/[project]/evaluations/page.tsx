import type { Metadata } from "next";
import { Suspense } from "react";
import { EvaluationsTable } from "@/components/evaluations/evaluations-table";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";

export const metadata: Metadata = { title: "Evaluations" };

type Props = { params: Promise<{ project: string }> };

export default async function EvaluationsPage({ params }: Props) {
  const { project } = await params;
  await prefetch((client) => [client.prefetchQuery(trpc.evaluations.listEvaluations.queryOptions({ project, limit: 200 }))]);
  return (
    <Hydrate>
      <PageHeader title="Evaluations" description="Is the candidate better, and for whom is it worse? Choose two to compare them." />
      <Suspense>
        <EvaluationsTable project={project} />
      </Suspense>
    </Hydrate>
  );
}
