"use client";

import { EvaluateButton } from "@/components/evaluations/evaluate/evaluate-button";
import { ModelPage, type ModelPageProps } from "@/components/models/model-page";
import { ModelWatch } from "@/components/monitoring/model-watch";

/** Where a model meets its evaluations and what watches it. */
export function ModelWithEvaluation(props: Omit<ModelPageProps, "evaluate" | "watch">) {
  return (
    <ModelPage
      {...props}
      watch={<ModelWatch project={props.project} model={props.name} />}
      evaluate={({ version, suite, loggedModelId, datasetId }) => (
        <EvaluateButton project={props.project} loggedModelId={loggedModelId} askedFor={{ by: `the gate of ${props.name} v${version}`, suite, datasetId }} size="sm" variant="primary">
          Evaluate it
        </EvaluateButton>
      )}
    />
  );
}
