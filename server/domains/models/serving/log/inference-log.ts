/**
 * The inference log of this process: a bounded queue written in batches beside the request path. What does not fit is
 * dropped and counted, never waited for.
 */
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { publishLive } from "@/server/platform/live/publish";
import { logger } from "@/server/platform/log";
import { groupBy } from "./group-by";
import { isSampled } from "./sampling";
import { insertInferences, type LoggedInference } from "./store";

const maxQueued = 50_000;
const batchRows = 500;
const maxBatchRows = 2_000;
const flushAfterMs = 200;
const retryAfterMs = 1_000;

export type LogCounts = { logged: number; repeated: number; unsampled: number; dropped: number; failed: number };

const counts: LogCounts = { logged: 0, repeated: 0, unsampled: 0, dropped: 0, failed: 0 };
let queue: LoggedInference[] = [];
let timer: NodeJS.Timeout | undefined;
let flushing: Promise<void> | undefined;

export const logCounts = (): LogCounts & { queued: number } => ({ ...counts, queued: queue.length });

function schedule(ms: number): void {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void flushInferenceLog();
  }, ms).unref();
}

export function logInferences(rows: readonly Omit<LoggedInference, "weight">[]): void {
  const share = env().SLIPWAY_INFERENCE_LOG_SAMPLE;
  for (const row of rows) {
    if (!isSampled(row.predictionId, share)) counts.unsampled += 1;
    else if (queue.length >= maxQueued) counts.dropped += 1;
    else queue.push({ ...row, weight: 1 / share });
  }
  if (queue.length >= batchRows) void flushInferenceLog();
  else if (queue.length > 0) schedule(flushAfterMs);
}

/** Data that the database refuses will be refused again. Anything else is tried again. */
function isRefusal(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^2[23]/.test(at.code)) return true;
  }
  return false;
}

async function writeRows(rows: readonly LoggedInference[]): Promise<void> {
  const inserted = await insertInferences(database(), rows);
  counts.logged += inserted;
  counts.repeated += rows.length - inserted;
  const [first] = rows;
  if (first) publishLive(first.projectId, [`inferences:${first.modelId}`]);
}

/** A model at a time; of rows that are refused together each half is tried by itself, so that one bad row costs no other. */
async function writeBatch(batch: LoggedInference[]): Promise<boolean> {
  const parts = [...groupBy(batch, (row) => row.modelId).values()];
  for (let rows = parts.shift(); rows; rows = parts.shift()) {
    try {
      await writeRows(rows);
    } catch (error) {
      if (isRefusal(error) && rows.length > 1) {
        parts.unshift(rows.slice(0, rows.length >> 1), rows.slice(rows.length >> 1));
        continue;
      }
      logger.warn({ err: error, rows: rows.length }, "inferences could not be logged");
      if (!isRefusal(error)) {
        queue = [...rows, ...parts.flat(), ...queue];
        return false;
      }
      counts.failed += rows.length;
    }
  }
  return true;
}

async function drain(): Promise<void> {
  while (queue.length > 0) {
    const batch = queue.splice(0, maxBatchRows);
    if (!(await writeBatch(batch))) return schedule(retryAfterMs);
  }
}

/** Writes what waits; one flush at a time. */
export function flushInferenceLog(): Promise<void> {
  flushing ??= drain().finally(() => {
    flushing = undefined;
  });
  return flushing;
}
