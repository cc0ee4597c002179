/** Labels: taken as they come, joined with their predictions when both are there. None is lost without being counted. */
import { requireModel } from "@/server/domains/models/service/models";
import { isSampled } from "@/server/domains/models/serving/log/sampling";
import { database, type Tx } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Invalid } from "@/server/platform/errors";
import { publishLive } from "@/server/platform/live/publish";
import { logger } from "@/server/platform/log";
import { ingest } from "@/server/platform/mutation";
import { dayMs, ofLabels } from "../contract/definition";
import { type RecordedLabels, RecordLabelsInput } from "../contract/label";
import { logLossOf } from "../rules/sums";
import {
  addLabelDays, findLabels, findPredicted, forgetLabels, type GivenLabel, insertLabels, type Joined, joinNewInferences, joinNewLabels, type LabelDay, lastInference, lockLabels, modelsWithLabels, saveTally,
} from "../store/labels";
import { findMonitorsOfModel, type MonitorRow } from "../store/monitors";

/** Labels that may wait for their prediction, a model. */
const maxWaiting = 200_000;
const maxConflicts = 20;
const batchRows = 5_000;
const budgetMs = 1_000;

function timeOf(text: string, at: number): Date {
  const time = new Date(text);
  if (time.getTime() > Date.now() + dayMs || time.getTime() < Date.UTC(1, 0)) throw new Invalid(`labels.${at}.knownAt: ${text} lies in the future.`, { field: `labels.${at}.knownAt` });
  return time;
}

type Sorted = { first: Map<string, GivenLabel>; duplicates: number; conflicts: string[]; unsampled: number };

/** One label a prediction; what the call says twice is counted, what was never logged is not kept. */
function sortGiven(given: readonly { predictionId: string; label: 0 | 1; knownAt: string }[]): Sorted {
  const sorted: Sorted = { first: new Map(), duplicates: 0, conflicts: [], unsampled: 0 };
  const share = env().SLIPWAY_INFERENCE_LOG_SAMPLE;
  for (const [at, { predictionId, label, knownAt }] of given.entries()) {
    const known = sorted.first.get(predictionId);
    if (known?.label === label) sorted.duplicates += 1;
    else if (known) sorted.conflicts.push(predictionId);
    else if (isSampled(predictionId, share)) sorted.first.set(predictionId, { predictionId, label, knownAt: timeOf(knownAt, at) });
    else sorted.unsampled += 1;
  }
  return sorted;
}

/** Those without a prediction wait, as many as there is room for. */
async function holdUnknown(tx: Tx, modelId: string, inserted: Set<string>, waiting: number): Promise<{ unknown: number; dropped: number }> {
  const predicted = await findPredicted(tx, modelId, [...inserted]);
  const unknown = [...inserted].filter((id) => !predicted.has(id));
  const dropped = unknown.slice(Math.max(0, maxWaiting - waiting));
  await forgetLabels(tx, modelId, dropped);
  return { unknown: unknown.length - dropped.length, dropped: dropped.length };
}

export const recordLabels = ingest("monitoring.recordLabels", "member", RecordLabelsInput, async ({ tx, ctx, input, publish }): Promise<RecordedLabels> => {
  const model = await requireModel(tx, ctx.project.id, input.model);
  const sorted = sortGiven(input.labels);
  const tally = await lockLabels(tx, ctx.project.id, model.id);
  const given = [...sorted.first.values()];
  const inserted = await insertLabels(tx, ctx.project.id, model.id, given);
  const repeated = given.filter((one) => !inserted.has(one.predictionId));
  const known = await findLabels(tx, model.id, repeated.map((one) => one.predictionId));
  const conflicts = [...sorted.conflicts, ...repeated.filter((one) => known.get(one.predictionId) !== one.label).map((one) => one.predictionId)];
  const duplicates = sorted.duplicates + repeated.length - (conflicts.length - sorted.conflicts.length);
  const { unknown, dropped } = await holdUnknown(tx, model.id, inserted, tally.waiting);
  const accepted = inserted.size - dropped;
  await saveTally(tx, {
    modelId: model.id, received: tally.received + input.labels.length, waiting: tally.waiting + accepted, duplicates: tally.duplicates + duplicates,
    conflicting: tally.conflicting + conflicts.length, unsampled: tally.unsampled + sorted.unsampled, dropped: tally.dropped + dropped,
  });
  publish(`labels:${model.name}`);
  return { received: input.labels.length, accepted, unknown, duplicates, conflicting: conflicts.length, unsampled: sorted.unsampled, dropped, conflicts: conflicts.slice(0, maxConflicts) };
});

export function sumByDay(joined: readonly Joined[]): LabelDay[] {
  const days = new Map<string, LabelDay>();
  for (const { eventTime, version, label, score } of joined) {
    // A model may answer no number for a row: one NaN would make the whole day's sums NaN.
    if (score === null || !Number.isFinite(score)) continue;
    const day = Math.floor(eventTime.getTime() / dayMs) * dayMs;
    const sums = days.get(`${day} ${version}`) ?? { day, version, labels: 0, positives: 0, logLossSum: 0, scoreSum: 0 };
    sums.labels += 1;
    sums.positives += label;
    sums.logLossSum += logLossOf(label, score);
    sums.scoreSum += score;
    days.set(`${day} ${version}`, sums);
  }
  return [...days.values()];
}

/** The end of the last window of labels that any of these has judged. */
function labelsJudgedTo(monitors: readonly MonitorRow[]): number {
  const ends = monitors.flatMap((monitor) => monitor.definition.rules.filter((rule) => ofLabels.includes(rule.measure)).map((rule) => Date.parse(monitor.judgedTo[rule.name] ?? "")));
  return Math.max(Number.NEGATIVE_INFINITY, ...ends.filter(Number.isFinite));
}

/** The last inference of the rounds that all of these have left behind. */
const roundsBefore = (monitors: readonly MonitorRow[]): number => (monitors.length === 0 ? 0 : Math.min(...monitors.map(({ streamStart }) => streamStart)));

async function stepLabels(projectId: string, modelId: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    const tally = await lockLabels(tx, projectId, modelId);
    const byLabel = await joinNewLabels(tx, modelId, tally.labelCursor, batchRows);
    const byInference = await joinNewInferences(tx, modelId, tally.inferenceCursor, batchRows);
    const joined = [...byLabel.joined, ...byInference.joined];
    const monitors = await findMonitorsOfModel(tx, modelId);
    const before = roundsBefore(monitors);
    // A label of a round that is over is joined, and tells nothing of the one that began since.
    const ofRound = joined.filter((one) => one.sequence > before);
    await addLabelDays(tx, projectId, modelId, sumByDay(ofRound));
    const judgedTo = labelsJudgedTo(monitors);
    const late = ofRound.filter((one) => one.eventTime.getTime() < judgedTo).length;
    const newest = Math.max(tally.watermark?.getTime() ?? Number.NEGATIVE_INFINITY, ...ofRound.map((one) => one.knownAt.getTime()));
    const waiting = Math.max(0, tally.waiting - joined.length);
    // With none waiting, inferences up to now concern no label: later ones are looked up by themselves.
    const inferenceCursor = waiting === 0 ? await lastInference(tx, modelId) : byInference.cursor;
    await saveTally(tx, {
      modelId, joined: tally.joined + joined.length, waiting, late: tally.late + late, watermark: Number.isFinite(newest) ? new Date(newest) : null,
      labelCursor: byLabel.cursor, inferenceCursor,
    });
    if (joined.length > 0) publishLive(projectId, ["labels"]);
    return byLabel.cursor > tally.labelCursor || (waiting > 0 && inferenceCursor > tally.inferenceCursor);
  });
}

/** A round over all models with labels to join. */
export async function joinLabels(): Promise<void> {
  const until = performance.now() + budgetMs;
  for (const { modelId, projectId } of await modelsWithLabels(database())) {
    try {
      let more = true;
      while (more && performance.now() < until) more = await stepLabels(projectId, modelId);
    } catch (error) {
      logger.error({ err: error, modelId }, "labels could not be joined; it is tried again");
    }
  }
}
