/** Where a new monitor's form begins: a model with a champion, the newest dataset's last split, rules for what can go wrong. Pure. */
import type { DatasetView } from "@/server/domains/catalog/contract/catalog";
import type { ModelView } from "@/server/domains/models/contract";
import { dayMs } from "@/server/domains/monitoring/contract/definition";
import type { Draft, RuleDraft } from "./draft";

export type SubjectDraft = { name: string; model: string; dataset: string; column: string; from: string; to: string };

const rules: Omit<RuleDraft, "key">[] = [
  { name: "feature-drift", measure: "psi", of: "features", amount: "7", unit: "d" },
  { name: "score-drift", measure: "psi", of: "score", amount: "7", unit: "d" },
  { name: "volume", measure: "count", of: "features", amount: "1", unit: "d" },
  { name: "absent-values", measure: "null_share", of: "features", amount: "1", unit: "d" },
  { name: "loss", measure: "log_loss", of: "features", amount: "1", unit: "d" },
  { name: "calibration", measure: "observed_over_predicted", of: "features", amount: "1", unit: "d" },
];

export function startDraft(): Draft {
  return { description: "", owner: "", runbook: "", times: "1.5", floor: "0.1", minRows: "100", rules: rules.map((rule) => ({ key: rule.name, ...rule })) };
}

type Columns = Pick<DatasetView, "columns">;

/** Columns that hold days or times, those of days first. */
export function timeColumns({ columns }: Columns): string[] {
  const timed = columns.filter(({ type }) => /^(date|timestamp)/i.test(type));
  return timed.sort((a, b) => Number(/^date$/i.test(b.type)) - Number(/^date$/i.test(a.type))).map(({ name }) => name);
}

/** The last stretch that was kept apart: what the model was trained on would flatter it. Its column is chosen once they are known. */
export function referenceOf({ name, splits }: Pick<DatasetView, "name" | "splits">): Pick<SubjectDraft, "dataset" | "column" | "from" | "to"> {
  const last = splits.filter((split) => split.rows > 0).sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
  return { dataset: name, column: "", from: last?.from.slice(0, 10) ?? "", to: last?.to.slice(0, 10) ?? "" };
}

const monitorNameOf = (model: string) => model.toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[-_]+/, "").slice(0, 63);

function freeName(wanted: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted.slice(0, 59)}-${n}`;
    if (!taken.includes(name)) return name;
  }
}

/** One dataset of each name that is still there: monitors read the newest. */
export const newestOfEach = (datasets: readonly DatasetView[]): DatasetView[] =>
  [...new Map(datasets.filter(({ purgedAt }) => purgedAt === null).sort((a, b) => a.version - b.version).map((dataset) => [dataset.name, dataset])).values()];

export function startSubject(models: readonly ModelView[], datasets: readonly DatasetView[], taken: readonly string[], wanted: string | null): SubjectDraft {
  const model = models.find(({ name }) => name === wanted) ?? models.find(({ aliases }) => aliases.some(({ alias }) => alias === "champion")) ?? models[0];
  const [dataset] = [...datasets].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const reference = dataset ? referenceOf(dataset) : { dataset: "", column: "", from: "", to: "" };
  return { name: model ? freeName(monitorNameOf(model.name), taken) : "", model: model?.name ?? "", ...reference };
}

export function definitionBase({ name, model, dataset, column, from, to }: SubjectDraft) {
  return { kind: "monitor" as const, name, model, reference: { dataset, column, from, to }, labels: { wait: dayMs / 2 } };
}
