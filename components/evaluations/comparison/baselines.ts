/** What an evaluation can be compared with, the likeliest first. */
import type { EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";

type Compared = Pick<EvaluationSummary, "id" | "model" | "dataset">;
export type BaselineOption = { value: string; label: string; group: string };

/** Given newest first. The champion on the same dataset is what a candidate has to beat; another dataset's examples are others. */
export function baselineOptions(own: Compared, others: readonly Compared[], championModels: ReadonlySet<string>): BaselineOption[] {
  const isElsewhere = ({ dataset }: Compared) => dataset.id !== own.dataset.id;
  const isChampion = ({ model }: Compared) => championModels.has(model.id);
  const rank = (one: Compared) => Number(isElsewhere(one)) * 2 + Number(!isChampion(one));
  return others
    .filter(({ id }) => id !== own.id)
    .sort((a, b) => rank(a) - rank(b))
    .map((one) => ({
      value: one.id,
      label: `${one.model.name}${isChampion(one) ? " (champion)" : ""} on ${one.dataset.name} v${one.dataset.version}`,
      group: isElsewhere(one) ? "On another dataset" : "On the same dataset",
    }));
}
