/** How often rules would have fired on a reference, before they are applied. Nothing is kept but the answer. */
import { z } from "zod";
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { requireModel } from "@/server/domains/models/service/models";
import { findServed } from "@/server/domains/models/serving/served-versions";
import { database } from "@/server/platform/db";
import { ingest } from "@/server/platform/mutation";
import { cancelSuperseded, defineOperation, startOperation } from "@/server/platform/operations";
import type { MonitorDefinition } from "../../contract/definition";
import { PreviewRulesInput, type RulesPreview } from "../../contract/monitor";
import { type BinnedReference, binReference, calibrateRules } from "../../rules/reference-sums";
import { unitOf } from "./compute-baseline";
import { readReference } from "./read-reference";

type Prepared = { binned: BinnedReference; rows: number; modelVersion: number };

/** Binning and scoring take up to minutes, calibrating milliseconds: the last references stay at hand while someone tries limits. */
const prepared = new Map<string, Promise<Prepared>>();
const maxPrepared = 3;

type Subject = Pick<MonitorDefinition, "model" | "reference">;
type Progress = (stage: string, fraction: number | null) => Promise<void>;

/** The newest take the place of the oldest; what could not be read is not kept. */
function keep(key: string, making: Promise<Prepared>): void {
  const [oldest] = prepared.keys();
  if (prepared.size >= maxPrepared && oldest !== undefined) prepared.delete(oldest);
  prepared.set(key, making);
  making.catch(() => prepared.get(key) === making && prepared.delete(key));
}

async function prepare(projectId: string, { model, reference: wanted }: Subject, unitMs: number, progress: Progress): Promise<Prepared> {
  const served = await findServed(projectId, model, null);
  const dataset = await findDatasetContent(database(), projectId, wanted.dataset);
  const key = `${dataset.id} ${served.file.sha256} ${unitMs} ${JSON.stringify(wanted)}`;
  // Whoever read it may have been cancelled meanwhile: that is no reason not to read it here.
  const held = prepared.get(key);
  const known = held && (await held.catch(() => null));
  if (known) return known;
  const make = async () => {
    const reference = await readReference(projectId, { reference: wanted }, served, progress);
    return { binned: binReference(reference.rows, reference.names, reference.edges, unitMs), rows: reference.rows.times.length, modelVersion: served.version };
  };
  const making = make();
  keep(key, making);
  return making;
}

const Preview = PreviewRulesInput.extend({ askedBy: z.string(), reading: z.string() });

export const previewOperation = defineOperation({
  kind: "preview-rules",
  queue: "preview-rules",
  schema: Preview,
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
  const askedBy = ctx.actor.id;
  const reading = JSON.stringify([input.model, input.reference, unitOf(input.rules)]);
  // A person waits for one preview. One that already reads what this one needs goes on: this one, next in the queue, finds it read.
  await cancelSuperseded(write, previewOperation, { askedBy }, { reading });
  return startOperation(write, previewOperation, { kind: "monitor-preview", id: model.name, name: model.name }, { ...input, askedBy, reading });
});
