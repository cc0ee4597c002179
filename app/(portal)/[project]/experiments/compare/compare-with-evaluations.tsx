"use client";

import { ComparePage } from "@/components/experiments/compare/compare-page";
import { JudgedByEvaluations } from "./judged-by-evaluations";

export function CompareWithEvaluations({ project }: { project: string }) {
  return <ComparePage project={project} judged={(runs) => <JudgedByEvaluations project={project} runs={runs} />} />;
}
