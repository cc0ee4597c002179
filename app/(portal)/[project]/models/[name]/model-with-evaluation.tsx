"use client";

import { EvaluateButton } from "@/components/evaluations/evaluate/evaluate-button";
import { ModelPage, type ModelPageProps } from "@/components/models/model-page";

/** Where a model's gate and evaluations meet. */
export function ModelWithEvaluation(props: Omit<ModelPageProps, "evaluate">) {
  return (
    <ModelPage
      {...props}
      evaluate={({ version, suite, loggedModelId, datasetId }) => (
        <EvaluateButton project={props.project} loggedModelId={loggedModelId} askedFor={{ by: `the gate of ${props.name} v${version}`, suite, datasetId }} size="sm" variant="primary">
          Evaluate it
        </EvaluateButton>
      )}
    />
  );
}
