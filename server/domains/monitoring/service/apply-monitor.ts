/** Applying a monitor, watching a new champion, and forgetting a stream. */
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { championAlias } from "@/server/domains/models/contract";
import { requireModel } from "@/server/domains/models/service/models";
import { championOf } from "@/server/domains/models/serving/endpoints";
import { canonicalJson } from "@/server/platform/audit/chain";
import { systemContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { findProject } from "@/server/platform/identity/project-access";
import { newId } from "@/server/platform/ids";
import { removeLinks } from "@/server/platform/links";
import { publishLive } from "@/server/platform/live/publish";
import { mutation } from "@/server/platform/mutation";
import { putSearchEntry, removeSearchEntry } from "@/server/platform/search";
import type { MonitorDefinition } from "../contract/definition";
import { ApplyMonitorInput, MonitorRef } from "../contract/monitor";
import { lockLabels } from "../store/labels";
import { findMonitor, lockMonitorName, lockMonitorOfName, lockMonitorsOfModel, type MonitorRow, noteBaselineError, readBaseline, removeMonitor, resetStream, saveMonitor, savePast } from "../store/monitors";
import { pastOf } from "./past-windows";
import { monitorTopics, runningBaseline, startBaseline } from "./reference/compute-baseline";

export type AppliedMonitor = { name: string; version: number; change: "created" | "changed" | "unchanged"; operationId: string | null };

export async function requireMonitor(db: Parameters<typeof findMonitor>[0], projectId: string, name: string): Promise<MonitorRow> {
  const monitor = await findMonitor(db, projectId, name);
  if (!monitor) throw new NotFound(`There is no monitor ${name}.`);
  return monitor;
}

const noChampion = (model: string) => `The model ${model} has no champion yet: the baseline is computed when it gets one.`;

/** What a baseline depends on: all but the words for people. */
function watchOf({ description: _, owner: __, runbook: ___, ...watch }: MonitorDefinition): string {
  return canonicalJson(watch);
}

function requireUnchanged(known: MonitorRow | null, since: string | null): void {
  if (since === null || (known !== null && known.updatedAt.getTime() <= Date.parse(since))) return;
  throw new Conflict(known ? `${known.appliedBy} saved this monitor at ${known.updatedAt.toISOString()}, after you began.` : "This monitor was deleted since you began.", { field: "unlessChangedSince" });
}

export const applyMonitor = mutation("monitoring.applyMonitor", "member", ApplyMonitorInput, async (write): Promise<AppliedMonitor> => {
  const { tx, ctx, subject, publish, link } = write;
  const { unlessChangedSince, ...input } = write.input;
  await lockMonitorName(tx, ctx.project.id, input.name);
  const model = await requireModel(tx, ctx.project.id, input.model);
  const dataset = await findDatasetContent(tx, ctx.project.id, input.reference.dataset);
  const known = await lockMonitorOfName(tx, ctx.project.id, input.name);
  if (known && known.modelId !== model.id) {
    throw new Conflict(`The monitor ${input.name} watches another model: give this one another name, or delete that one first.`, { field: "name" });
  }
  requireUnchanged(known, unlessChangedSince);
  subject({ kind: "monitor", id: input.name, name: input.name }, { model: input.model, change: known ? "changed" : "created" });
  const isSame = known !== null && canonicalJson(known.definition) === canonicalJson(input);
  const isWatchedAlike = known !== null && watchOf(known.definition) === watchOf(input);
  const version = isWatchedAlike ? known.version : (known?.version ?? 0) + 1;
  const baseline = isWatchedAlike && known.baselineId !== null ? await readBaseline(tx, known.baselineId) : null;
  const isCalibrated = baseline?.monitorVersion === version;
  // Its operation may have failed, or been cancelled: then the same, applied again, begins another.
  const running = isSame && baseline && !isCalibrated ? await runningBaseline(tx, ctx.project.id, known.name) : null;
  if (isSame && (isCalibrated || running)) return { name: known.name, version, change: "unchanged", operationId: running };
  const past = await pastOf(tx, model.id, input, known);
  if (isSame) await savePast(tx, known.id, past);
  const monitor = isSame ? known : await saveMonitor(tx, { id: known?.id ?? newId(), projectId: ctx.project.id, name: input.name, version, definition: input, modelId: model.id, appliedBy: ctx.actor.name, past });
  await putSearchEntry(tx, ctx.project.id, { kind: "monitor", objectId: monitor.id, title: input.name, detail: input.description, path: `/monitoring/${input.name}` });
  if (!isCalibrated) {
    await removeLinks(tx, ctx.project.id, { kind: "monitor", id: monitor.id }, "dataset");
    await holdDataset(tx, ctx.project.id, { kind: "monitor", id: monitor.id }, dataset.id, "compares with");
  }
  await link({ from: { kind: "monitor", id: monitor.id }, to: { kind: "model", id: model.id }, relation: "watches" });
  publish(...monitorTopics(input.name));
  const champion = await championOf(tx, model.id);
  if (!champion) await noteBaselineError(tx, monitor.id, noChampion(model.name));
  const operationId = champion && !isCalibrated ? await startBaseline(write, monitor) : null;
  return { name: input.name, version, change: isSame ? "unchanged" : known ? "changed" : "created", operationId };
});

/** A new champion is compared with a reference that it scored itself; a monitor that waited for the first one begins to watch with it. */
export async function followChampion(projectId: string, moved: { modelId: string; alias: string }): Promise<void> {
  if (moved.alias !== championAlias) return;
  const project = await findProject(database(), projectId);
  if (!project) return;
  const topics: string[] = [];
  await database().transaction(async (tx) => {
    for (const monitor of await lockMonitorsOfModel(tx, moved.modelId)) {
      if (monitor.baselineId === null) await savePast(tx, monitor.id, await pastOf(tx, monitor.modelId, monitor.definition, monitor));
      await startBaseline({ tx, ctx: systemContext(project, "monitoring"), publish: (...more) => void topics.push(...more) }, monitor);
      topics.push(...monitorTopics(monitor.name));
    }
  });
  publishLive(projectId, topics);
}

/**
 * The stream begins anew (a replay run again), for each monitor that reads it: windows, clock and counts go, alerts stay. Traffic and labels are their
 * model's, and one that went on would count another round on top.
 */
export const resetMonitor = mutation("monitoring.resetMonitor", "maintainer", MonitorRef, async ({ tx, ctx, input, subject, publish }) => {
  const monitor = await requireMonitor(tx, ctx.project.id, input.name);
  const reading = await lockMonitorsOfModel(tx, monitor.modelId);
  // Who joins labels waits for the end of this, and then knows where the new round begins; it holds no monitor meanwhile.
  await lockLabels(tx, ctx.project.id, monitor.modelId);
  for (const each of reading) await resetStream(tx, each);
  subject({ kind: "monitor", id: monitor.name, name: monitor.name }, { monitors: reading.map(({ name }) => name) });
  publish(...reading.flatMap(({ name }) => monitorTopics(name)));
  return {};
});

export const deleteMonitor = mutation("monitoring.deleteMonitor", "maintainer", MonitorRef, async ({ tx, ctx, input, subject, publish }) => {
  const monitor = await requireMonitor(tx, ctx.project.id, input.name);
  await removeLinks(tx, ctx.project.id, { kind: "monitor", id: monitor.id }, "dataset");
  await removeMonitor(tx, monitor.id);
  await removeSearchEntry(tx, ctx.project.id, "monitor", monitor.id);
  subject({ kind: "monitor", id: monitor.name, name: monitor.name });
  publish(...monitorTopics(monitor.name));
  return {};
});
