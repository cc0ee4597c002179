import type { Metadata } from "next";
import { Suspense } from "react";
import { EvaluationProgress } from "@/components/evaluations/evaluate/evaluation-progress";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { EvaluationWithVersions } from "./evaluation-with-versions";
import { readEvaluation } from "./read-evaluation";

type Props = { params: Promise<{ project: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  return { title: `${(await readEvaluation(project, id)).name} · Evaluation` };
}

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  const { isMade } = await readEvaluation(project, id);
  await prefetch((client) => [client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project }))]);
  const Shown = isMade ? EvaluationWithVersions : EvaluationProgress;
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <Shown project={project} evaluationId={id} />
      </Suspense>
    </Hydrate>
  );
}
