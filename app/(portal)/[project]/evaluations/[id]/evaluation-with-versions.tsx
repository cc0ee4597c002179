"use client";

import { EvaluationPage } from "@/components/evaluations/evaluation-page";
import { RegisteredAs } from "./registered-as";

export function EvaluationWithVersions({ project, evaluationId }: { project: string; evaluationId: string }) {
  return (
    <EvaluationPage
      project={project}
      evaluationId={evaluationId}
      registeredAs={(loggedModelId) => <RegisteredAs project={project} loggedModelId={loggedModelId} />}
    />
  );
}
