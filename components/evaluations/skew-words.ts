/** What an evaluation is worth whose dataset does not hold online. */
import { formatPercent } from "@/components/ui/format/format-number";
import { skewLimit } from "@/server/domains/catalog/contract/skew-limit";
import type { EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";

export const skewWord = "features differ online";

export const differsOnline = ({ skewShare }: Pick<EvaluationSummary, "skewShare">): boolean => skewShare !== null && skewShare > skewLimit;

export function skewReason({ skewShare, dataset }: Pick<EvaluationSummary, "skewShare" | "dataset">): string {
  return `In the skew check of ${dataset.name} v${dataset.version}, ${formatPercent(skewShare, 2)} of values differ online: these numbers may not hold where the model serves.`;
}
