/** Computing a baseline: the reference binned, scored and calibrated, once for a monitor's version and a champion. */
import { z } from "zod";
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { findServed } from "@/server/domains/models/serving/served-versions";
import type { ProjectContext } from "@/server/platform/context";
import { database, type Db } from "@/server/platform/db";
import { Conflict, NotFound, ServiceError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { publishLive } from "@/server/platform/live/publish";
import type { Write } from "@/server/platform/mutation";
import { defineOperation, latestOperation, startOperation } from "@/server/platform/operations";
import { dayMs, type Rule } from "../../contract/definition";
import { binReference, calibrateRules } from "../../rules/reference-sums";
import { stepOf } from "../../rules/clock/windows";
import { findBaselineFor, findMonitorById, insertBaseline, lockMonitorOfName, type MonitorRow, noteBaselineError, modelNames, switchBaseline } from "../../store/monitors";
import { readReference } from "./read-reference";

export const monitorTopics = (name: string): string[] => ["monitors", `monitor:${name}`];

async function modelOf(monitor: MonitorRow): Promise<string> {
  const name = (await modelNames(database(), [monitor.modelId])).get(monitor.modelId);
  if (!name) throw new NotFound(`The model of the monitor ${monitor.name} is gone.`);
  return name;
}

/** The unit that every rule's windows are made of. */
export const unitOf = (rules: readonly Pick<Rule, "window">[]): number => Math.min(dayMs, ...rules.map((rule) => stepOf(rule.window)));

/** False where the monitor has another version by now: nothing of the one that is would be judged by this baseline. */
async function activate(monitor: MonitorRow, baselineId: string, write?: Parameters<typeof insertBaseline>[1]): Promise<boolean> {
  const isCurrent = await database().transaction(async (tx) => {
    const held = await lockMonitorOfName(tx, monitor.projectId, monitor.name);
    if (held?.id !== monitor.id || held.version !== monitor.version) return false;
    if (write) {
      await holdDataset(tx, monitor.projectId, { kind: "monitor", id: monitor.id }, write.datasetId, "compares with");
      await insertBaseline(tx, write);
    }
    await switchBaseline(tx, monitor.id, baselineId);
    return true;
  });
  if (isCurrent) publishLive(monitor.projectId, monitorTopics(monitor.name));
  return isCurrent;
}

type Progress = (stage: string, fraction: number | null) => Promise<void>;

/** Another champion or version meanwhile has an operation of its own. */
const superseded = { superseded: true };

async function compute(ctx: ProjectContext, monitor: MonitorRow, progress: Progress): Promise<Record<string, unknown>> {
  const started = performance.now();
  const { definition } = monitor;
  const served = await findServed(ctx.project.id, await modelOf(monitor), null);
  const known = await findBaselineFor(database(), monitor.id, monitor.version, served.file.sha256);
  if (known) return known === monitor.baselineId || (await activate(monitor, known)) ? { baselineId: known, unchanged: true } : superseded;
  const reference = await readReference(ctx.project.id, definition, served, progress);
  await progress("calibrating on its own windows", null);
  const binned = binReference(reference.rows, reference.names, reference.edges, unitOf(definition.rules));
  const { limits, backtests } = calibrateRules(binned, definition.rules, definition.min_rows, definition.calibrate);
  const champion = await findServed(ctx.project.id, await modelOf(monitor), null);
  if (champion.file.sha256 !== served.file.sha256) return superseded;
  const id = newId();
  const isActive = await activate(monitor, id, {
    id, projectId: ctx.project.id, monitorId: monitor.id, monitorVersion: monitor.version, modelVersion: served.version, onnxSha256: served.file.sha256,
    datasetId: reference.dataset.id, datasetName: reference.dataset.name, rows: reference.rows.times.length, columns: binned.columns, limits, backtest: backtests,
    tookMs: Math.round(performance.now() - started),
  });
  if (!isActive) return superseded;
  return { baselineId: id, modelVersion: served.version, rows: reference.rows.times.length, windows: backtests.map(({ rule, windows, fired }) => ({ rule, windows, fired })) };
}

export const baselineOperation = defineOperation({
  kind: "compute-baseline",
  schema: z.object({ monitorId: z.uuid() }),
  run: async ({ ctx, payload, progress }) => {
    const monitor = await findMonitorById(database(), payload.monitorId);
    if (!monitor) throw new Conflict("The monitor is gone.");
    try {
      return await compute(ctx, monitor, progress);
    } catch (error) {
      const message = error instanceof ServiceError ? error.message : "The baseline could not be computed; the server's log has the details.";
      await noteBaselineError(database(), monitor.id, message);
      publishLive(monitor.projectId, monitorTopics(monitor.name));
      throw error;
    }
  },
});

/** The operation that computes a monitor's baseline now, if one does; a change of what it watches has begun the newest. */
export async function runningBaseline(db: Db, projectId: string, name: string): Promise<string | null> {
  const newest = await latestOperation(db, projectId, "monitor", name);
  return newest?.state === "queued" || newest?.state === "running" ? newest.id : null;
}

export async function startBaseline(write: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">, monitor: MonitorRow): Promise<string> {
  const subject = { kind: "monitor", id: monitor.name, name: monitor.name };
  return (await startOperation(write, baselineOperation, subject, { monitorId: monitor.id })).operationId;
}
