/** Where a new monitor's form begins: a model with a champion, the newest dataset's last split, rules for what can go wrong. Pure. */
import type { DatasetView, KeptDataset } from "@/server/domains/catalog/contract/catalog";
import { championAlias, type ModelView } from "@/server/domains/models/contract";
import { dayMs } from "@/server/domains/monitoring/contract/definition";
import type { ProposedReference } from "@/server/domains/monitoring/contract/monitor";
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

export function startDraft(owner = ""): Draft {
  return { description: "", owner, runbook: "", times: "1.5", floor: "0.1", minRows: "100", rules: rules.map((rule) => ({ key: rule.name, ...rule })) };
}

const noReference = { dataset: "", column: "", from: "", to: "" };

type Columns = Pick<DatasetView, "columns">;

/** Columns that hold days or times, those of days first. */
export function timeColumns({ columns }: Columns): string[] {
  const timed = columns.filter(({ type }) => /^(date|timestamp)/i.test(type));
  return timed.sort((a, b) => Number(/^date$/i.test(b.type)) - Number(/^date$/i.test(a.type))).map(({ name }) => name);
}

export type Live = Pick<ProposedReference, "liveFrom" | "judgedOn">;
type Splits = Pick<DatasetView, "name" | "splits">;

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Which split, and up to which day. Days of places west of Greenwich reach into the next one of UTC: what is live is cut off. */
function chooseSplit({ splits }: Splits, { liveFrom, judgedOn }: Live) {
  const held = splits.filter((split) => split.rows > 0).sort((a, b) => (a.from < b.from ? -1 : 1));
  const lastDay = liveFrom === null ? null : dayText(liveFrom.getTime() - dayMs);
  const slackDay = liveFrom === null ? null : dayText(liveFrom.getTime() + dayMs);
  const before = lastDay === null || slackDay === null ? held : held.filter((split) => split.from.slice(0, 10) <= lastDay && split.to.slice(0, 10) <= slackDay);
  const split = before.find(({ name }) => name === judgedOn) ?? before.at(-1);
  if (!split) return null;
  const to = split.to.slice(0, 10);
  return { split, to: lastDay !== null && lastDay < to ? lastDay : to };
}

/** A stretch kept apart, before the traffic that is watched: what the model was trained on would flatter it. Its column is chosen once they are known. */
export function referenceOf(dataset: Splits, live: Live): Pick<SubjectDraft, "dataset" | "column" | "from" | "to"> {
  const chosen = chooseSplit(dataset, live);
  return { dataset: dataset.name, column: "", from: chosen?.split.from.slice(0, 10) ?? "", to: chosen?.to ?? "" };
}

/** Why these days were proposed; nothing where the person chose others. */
export function whyDays(dataset: Splits | undefined, live: Live | null, { from, to }: Pick<SubjectDraft, "from" | "to">): string | undefined {
  if (!dataset || !live) return undefined;
  const chosen = chooseSplit(dataset, live);
  if (!chosen) return live.liveFrom && from === "" ? `No split of it lies before the live traffic, which begins on ${dayText(live.liveFrom.getTime())}: choose the days.` : undefined;
  if (from !== chosen.split.from.slice(0, 10) || to !== chosen.to) return undefined;
  const reason = chosen.split.name === live.judgedOn ? "on which the model's suite judges it" : live.liveFrom ? "the last before the live traffic" : "the last";
  return `The split ${chosen.split.name}, ${reason}${live.liveFrom ? `; live traffic begins on ${dayText(live.liveFrom.getTime())}` : ""}.`;
}

/** Nothing is known of a model that is not there, or whose facts could not be read. */
export const nothingProposed: ProposedReference = { trainedOn: null, liveFrom: null, judgedOn: null };

/** What the champion was trained on, else the newest; nothing until that is known. */
export function proposeOf(datasets: readonly KeptDataset[], proposed: ProposedReference | undefined): Omit<SubjectDraft, "name" | "model"> {
  const dataset = proposed && (datasets.find(({ name }) => name === proposed.trainedOn?.dataset) ?? datasets[0]);
  return dataset && proposed ? referenceOf(dataset, proposed) : noReference;
}

/** A reference reads the newest version of its dataset, which need not be the one that the champion was trained on. */
export function trainedOnWords(proposed: ProposedReference["trainedOn"], dataset: string): string | undefined {
  if (proposed?.dataset !== dataset) return undefined;
  const { version, datasetVersion, newestVersion } = proposed;
  return datasetVersion === newestVersion ? `v${version} was trained on it: take a part that it did not see.` : `v${version} was trained on its version ${datasetVersion}; the newest is ${newestVersion}.`;
}

const longestName = 63;

function monitorNameOf(model: string): string {
  const name = model.toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[-_]+/, "").slice(0, longestName).replace(/[-_]+$/, "");
  // The form's own page stands at `new`; some names have none of the letters that a monitor's may have.
  return name === "" || name === "new" ? `${name || "model"}-monitor` : name;
}

/** A name for its monitor that none has yet. */
export function proposeName(model: string, taken: readonly string[]): string {
  const wanted = monitorNameOf(model);
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? "" : `-${n}`;
    const name = `${wanted.slice(0, longestName - suffix.length)}${suffix}`;
    if (!taken.includes(name)) return name;
  }
}

/** The one that is asked for, else one with a champion. */
export function startModel(models: readonly ModelView[], wanted: string | null): ModelView | undefined {
  if (wanted !== null) return models.find(({ name }) => name === wanted);
  return models.find(({ aliases }) => aliases.some(({ alias }) => alias === championAlias)) ?? models[0];
}

/** One that is asked for and not there is never replaced by another: the person chooses. The reference follows the model until one is chosen. */
export function startSubject(models: readonly ModelView[], taken: readonly string[], wanted: string | null): SubjectDraft {
  const model = startModel(models, wanted);
  return { name: model ? proposeName(model.name, taken) : "", model: model?.name ?? "", ...noReference };
}

export function definitionBase({ name, model, dataset, column, from, to }: SubjectDraft) {
  return { kind: "monitor" as const, name, model, reference: { dataset, column, from, to }, labels: { wait: dayMs / 2 } };
}
