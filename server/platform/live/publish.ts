/**
 * Sends live topics after commit: at once after a pause, and then one NOTIFY a topic per 20 ms, carrying ids only.
 * NOTIFY inside a transaction would serialise every commit.
 */
import { connection } from "../db";
import { logger } from "../log";

export const liveChannel = "slipway_live";
const flushEveryMs = 20;
const maxPayloadBytes = 7_000;

export type LiveMessage = { project: string; topics: string[] };

const held = globalThis as typeof globalThis & { slipwayPending?: Map<string, Set<string>>; slipwayFlush?: NodeJS.Timeout; slipwayFlushedAt?: number };

function pending(): Map<string, Set<string>> {
  held.slipwayPending ??= new Map();
  return held.slipwayPending;
}

/** Tells viewers of a project that a topic changed. Instance-wide topics go to project `*`. */
export function publishLive(projectId: string, topics: Iterable<string>): void {
  const waiting = pending();
  const set = waiting.get(projectId) ?? new Set<string>();
  for (const topic of topics) set.add(topic);
  if (set.size === 0) return;
  waiting.set(projectId, set);
  const sinceLast = performance.now() - (held.slipwayFlushedAt ?? Number.NEGATIVE_INFINITY);
  held.slipwayFlush ??= setTimeout(() => void flushLive(), Math.max(0, flushEveryMs - sinceLast));
}

/** Topics packed into messages below PostgreSQL's 8,000-byte payload limit. */
export function packMessages(waiting: Map<string, Set<string>>): string[] {
  const messages: string[] = [];
  for (const [project, topics] of waiting) {
    let batch: string[] = [];
    let size = 0;
    for (const topic of topics) {
      if (size + topic.length > maxPayloadBytes) {
        messages.push(JSON.stringify({ project, topics: batch } satisfies LiveMessage));
        batch = [];
        size = 0;
      }
      batch.push(topic);
      size += topic.length + 3;
    }
    if (batch.length > 0) messages.push(JSON.stringify({ project, topics: batch } satisfies LiveMessage));
  }
  return messages;
}

async function flushLive(): Promise<void> {
  held.slipwayFlush = undefined;
  held.slipwayFlushedAt = performance.now();
  const messages = packMessages(pending());
  pending().clear();
  try {
    await connection().pool.query("select pg_notify($1, m) from unnest($2::text[]) as m", [liveChannel, messages]);
  } catch (error) {
    // Readers catch up from tables when they reconnect or refocus; a lost hint is not lost data.
    logger.warn({ err: error }, "live topics could not be sent");
  }
}
