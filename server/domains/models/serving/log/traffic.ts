/** Requests by minute, version and outcome: counted in memory, added to the shared table every second. */
import { database } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import { logger } from "@/server/platform/log";
import type { Outcome, TrafficMinute, TrafficView } from "../contract";
import type { Served } from "../served-versions";
import { groupBy } from "./group-by";
import { addCounts, latencyBucket, latencyBuckets, latencyQuantile } from "./latency";
import { addTraffic, type readMinutes, type TrafficCount } from "./store";

const flushAfterMs = 1_000;
const minuteMs = 60_000;

let pending = new Map<string, TrafficCount & { model: string }>();
let timer: NodeJS.Timeout | undefined;

export function countRequest(served: Served, outcome: Outcome, rows: number, ms: number): void {
  const minute = Math.floor(Date.now() / minuteMs) * minuteMs;
  const key = `${served.modelId} ${served.version} ${outcome} ${minute}`;
  const fresh = () => ({
    projectId: served.projectId, modelId: served.modelId, model: served.model, version: served.version, minute, outcome, requests: 0, rows: 0, latency: new Array<number>(latencyBuckets).fill(0),
  });
  const count = pending.get(key) ?? fresh();
  count.requests += 1;
  count.rows += rows;
  const bucket = latencyBucket(ms);
  count.latency[bucket] = (count.latency[bucket] ?? 0) + 1;
  pending.set(key, count);
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void flushTraffic();
  }, flushAfterMs).unref();
}

export async function flushTraffic(): Promise<void> {
  const counts = [...pending.values()];
  pending = new Map();
  if (counts.length === 0) return;
  try {
    await addTraffic(database(), counts.map(({ model: _, ...count }) => count));
    for (const { projectId, model } of counts) publishLive(projectId, [`traffic:${model}`]);
  } catch (error) {
    logger.warn({ err: error, minutes: counts.length }, "traffic could not be counted");
  }
}

type MinuteRow = Awaited<ReturnType<typeof readMinutes>>[number];

type Sums = { requests: number; clientErrors: number; serverErrors: number; rows: number; latency: number[] };

function sum(rows: readonly MinuteRow[]): Sums {
  const sums: Sums = { requests: 0, clientErrors: 0, serverErrors: 0, rows: 0, latency: [] };
  for (const row of rows) {
    sums.requests += row.requests;
    sums.rows += row.rows;
    if (row.outcome === "client_error") sums.clientErrors += row.requests;
    if (row.outcome === "server_error") sums.serverErrors += row.requests;
    // A refusal is quick: latency is that of answers.
    if (row.outcome === "ok") sums.latency = addCounts(sums.latency, row.latency);
  }
  return sums;
}

function viewOf({ latency, ...sums }: Sums) {
  return { ...sums, p50Ms: latencyQuantile(latency, 0.5), p99Ms: latencyQuantile(latency, 0.99) };
}

/** Minutes by version, oldest first, and all of them together. */
export function trafficView(rows: readonly MinuteRow[]): TrafficView {
  const groups = groupBy(rows, (row) => `${row.minute.getTime()} ${row.version}`);
  const minutes = [...groups.values()].flatMap((group): TrafficMinute[] => {
    const [first] = group;
    return first ? [{ minute: first.minute, version: first.version, ...viewOf(sum(group)) }] : [];
  });
  return { minutes, total: viewOf(sum(rows)) };
}
