/** How often rules would have fired on a monitor's reference, before they are applied. Nothing is kept but the answer. */
import { z } from "zod";
import { findServed } from "@/server/domains/models/serving/served-versions";
import { database } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { ingest } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { MonitorDefinition } from "../contract/definition";
import { PreviewRulesInput, type RulesPreview } from "../contract/monitor";
import { type BinnedReference, binReference, calibrateRules } from "../rules/reference-sums";
import { findMonitorById, type MonitorRow, modelNames } from "../store/monitors";
import { requireMonitor } from "./apply-monitor";
import { unitOf } from "./compute-baseline";
import { readReference } from "./read-reference";

type Prepared = { binned: BinnedReference; rows: number; modelVersion: number };

/** Binning and scoring take seconds, calibrating milliseconds: the last references stay at hand while someone tries limits. */
const prepared = new Map<string, Prepared>();
const maxPrepared = 3;

async function prepare(projectId: string, monitor: MonitorRow, unitMs: number, progress: (stage: string, fraction: number | null) => Promise<void>): Promise<Prepared> {
  const model = (await modelNames(database(), [monitor.modelId])).get(monitor.modelId);
  if (!model) throw new NotFound(`The model of the monitor ${monitor.name} is gone.`);
  const served = await findServed(projectId, model, null);
  const key = `${monitor.id} ${served.file.sha256} ${unitMs} ${JSON.stringify(monitor.definition.reference)}`;
  const known = prepared.get(key);
  if (known) return known;
  const reference = await readReference(projectId, monitor.definition, served, progress);
  const made = { binned: binReference(reference.rows, reference.names, reference.edges, unitMs), rows: reference.rows.times.length, modelVersion: served.version };
  const [oldest] = prepared.keys();
  if (prepared.size >= maxPrepared && oldest !== undefined) prepared.delete(oldest);
  prepared.set(key, made);
  return made;
}

const { rules, calibrate, min_rows } = MonitorDefinition.shape;

export const previewOperation = defineOperation({
  kind: "preview-rules",
  schema: z.object({ monitorId: z.uuid(), rules, calibrate, min_rows }),
  run: async ({ ctx, payload, progress }): Promise<RulesPreview> => {
    const monitor = await findMonitorById(database(), payload.monitorId);
    if (!monitor || monitor.projectId !== ctx.project.id) throw new NotFound("The monitor is gone.");
    const { binned, rows: count, modelVersion } = await prepare(ctx.project.id, monitor, unitOf(payload.rules), progress);
    const { limits, backtests } = calibrateRules(binned, payload.rules, payload.min_rows, payload.calibrate);
    return { rows: count, modelVersion, backtest: backtests.map((one) => ({ ...one, series: [] })), limits: limits.length };
  },
});

/** Runs in the background; the answer is the operation's result. A trial, so it leaves no audit row. */
export const previewRules = ingest("monitoring.previewRules", "member", PreviewRulesInput, async (write) => {
  const { tx, ctx, input } = write;
  const monitor = await requireMonitor(tx, ctx.project.id, input.name);
  const { name: _, ...tried } = input;
  return startOperation(write, previewOperation, { kind: "monitor-preview", id: monitor.name, name: monitor.name }, { monitorId: monitor.id, ...tried });
});
