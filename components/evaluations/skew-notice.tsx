import { Notice } from "@/components/ui/feedback/notice";
import { InlineLink } from "@/components/ui/layout/inline-link";
import type { EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";
import { differsOnline, skewReason } from "./skew-words";

/** Good numbers on features that online reads don't give: said before the numbers. */
export function SkewNotice({ project, evaluation }: { project: string; evaluation: EvaluationSummary }) {
  if (!differsOnline(evaluation)) return null;
  return (
    <Notice tone="warning" action={<InlineLink href={`/${project}/catalog/datasets/${evaluation.dataset.id}#skew`}>Skew check</InlineLink>}>
      <span className="font-medium">{evaluation.model.name}</span>: {skewReason(evaluation)}
    </Notice>
  );
}
