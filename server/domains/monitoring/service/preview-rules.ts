/** How often rules would have fired on a reference, before they are applied. Nothing is kept but the answer. */
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { requireModel } from "@/server/domains/models/service/models";
import { findServed } from "@/server/domains/models/serving/served-versions";
import { database } from "@/server/platform/db";
import { ingest } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import type { MonitorDefinition } from "../contract/definition";
import { PreviewRulesInput, type RulesPreview } from "../contract/monitor";
import { type BinnedReference, binReference, calibrateRules } from "../rules/reference-sums";
import { unitOf } from "./compute-baseline";
import { readReference } from "./read-reference";

type Prepared = { binned: BinnedReference; rows: number; modelVersion: number };

/** Binning and scoring take seconds, calibrating milliseconds: the last references stay at hand while someone tries limits. */
const prepared = new Map<string, Prepared>();
const maxPrepared = 3;

type Subject = Pick<MonitorDefinition, "model" | "reference">;

async function prepare(projectId: string, { model, reference: wanted }: Subject, unitMs: number, progress: (stage: string, fraction: number | null) => Promise<void>): Promise<Prepared> {
  const served = await findServed(projectId, model, null);
  const dataset = await findDatasetContent(database(), projectId, wanted.dataset);
  const key = `${dataset.id} ${served.file.sha256} ${unitMs} ${JSON.stringify(wanted)}`;
  const known = prepared.get(key);
  if (known) return known;
  const reference = await readReference(projectId, { reference: wanted }, served, progress);
  const made = { binned: binReference(reference.rows, reference.names, reference.edges, unitMs), rows: reference.rows.times.length, modelVersion: served.version };
  const [oldest] = prepared.keys();
  if (prepared.size >= maxPrepared && oldest !== undefined) prepared.delete(oldest);
  prepared.set(key, made);
  return made;
}

export const previewOperation = defineOperation({
  kind: "preview-rules",
  schema: PreviewRulesInput,
  run: async ({ ctx, payload, progress }): Promise<RulesPreview> => {
    const { binned, rows: count, modelVersion } = await prepare(ctx.project.id, payload, unitOf(payload.rules), progress);
    const { limits, backtests } = calibrateRules(binned, payload.rules, payload.min_rows, payload.calibrate);
    return { rows: count, modelVersion, backtest: backtests.map((one) => ({ ...one, series: [] })), limits: limits.length };
  },
});

/** Runs in the background; the answer is the operation's result. A trial, so it leaves no audit row. */
export const previewRules = ingest("monitoring.previewRules", "member", PreviewRulesInput, async (write) => {
  const { tx, ctx, input } = write;
  const model = await requireModel(tx, ctx.project.id, input.model);
  await findDatasetContent(tx, ctx.project.id, input.reference.dataset);
  return startOperation(write, previewOperation, { kind: "monitor-preview", id: model.name, name: model.name }, input);
});
