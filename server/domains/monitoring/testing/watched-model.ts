/** A champion, its reference and streams of inferences for tests: three features whose scores the fixtures compute. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { datasets } from "@/drizzle/schema/catalog";
import { insertInferences, type LoggedInference } from "@/server/domains/models/serving/log/store";
import { addVersion, expectedScore, makeChampion, makeModel } from "@/server/domains/models/serving/testing/serve-fixture";
import { adoptFile } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { runOperation } from "@/server/platform/operations";
import { dayMs, type MonitorDefinition } from "../contract/definition";

export const referenceFrom = Date.UTC(2001, 2, 1);
export const referenceDays = 40;
export const streamFrom = Date.UTC(2001, 4, 1);

/** mulberry32: the same numbers in every run. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Shift = { mean?: number; nullShare?: number; rowsADay?: number; lateness?: number };
export type StreamRow = { at: number; features: [number, number, number]; score: number; label: 0 | 1 };

/** A day's rows: normal delays, small counts, hours; labels as likely as the scores say, times `lateness`. */
export function daysOf(from: number, days: number, seed: number, shift: Shift = {}): StreamRow[] {
  const random = randomOf(seed);
  const { mean = 10, nullShare = 0.05, rowsADay = 150, lateness = 1 } = shift;
  const rows: StreamRow[] = [];
  for (let day = 0; day < days; day += 1) {
    for (let row = 0; row < rowsADay; row += 1) {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const features: StreamRow["features"] = [mean + 5 * normal, random() < nullShare ? Number.NaN : Math.floor(random() * 40), 5 + Math.floor(random() * 18)];
      const score = expectedScore("first", features);
      rows.push({ at: from + day * dayMs + Math.floor((row / rowsADay) * dayMs), features, score, label: random() < Math.min(0.99, score * lateness) ? 1 : 0 });
    }
  }
  return rows;
}

const cell = (value: number) => (Number.isNaN(value) ? "'NaN'::double" : `${value}::double`);

/** Stores rows as a dataset named `history`, as a build would have. */
async function makeDataset(ctx: ProjectContext, rows: readonly StreamRow[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-reference-"));
  const path = join(folder, "history.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const values = rows.map(({ at, features, label }, i) => `('r${i}', make_timestamp(${at * 1_000}), ${features.map(cell).join(", ")}, ${label})`);
  await connection.run(`copy (select *, t::date as day from (values ${values.join(", ")}) v(id, t, delay_mean, delay_count, hour, late)) to '${path}' (format parquet)`);
  instance.closeSync();
  const blob = await adoptFile(ctx.project.id, path);
  rmSync(folder, { recursive: true, force: true });
  const definition = { kind: "dataset", name: "history", source: "outcomes", sql: "h.sql", service: "delay", id: "id", event_time: "t", label: "late", slices: [], splits: {}, description: "", owner: "" };
  await database().insert(datasets).values({
    id: newId(), projectId: ctx.project.id, name: "history", version: 1, definition, blobSha256: blob.sha256, inputSha256: blob.sha256, rows: rows.length, bytes: blob.size,
    columns: [], splits: [], statistics: [], tookMs: 1, createdBy: "test",
  });
}

export async function watchedModel(ctx: ProjectContext): Promise<string> {
  const modelId = await makeModel(ctx, "delay");
  await makeChampion(ctx, "delay", await addVersion(ctx, modelId, "first"));
  await makeDataset(ctx, daysOf(referenceFrom, referenceDays, 1));
  return modelId;
}

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export const definition: z.input<typeof MonitorDefinition> = {
  name: "delay", model: "delay", owner: "flights@example.org", reference: { dataset: "history", column: "day", from: iso(referenceFrom), to: iso(referenceFrom + (referenceDays - 1) * dayMs) },
  min_rows: 50,
  rules: [
    { name: "feature-drift", measure: "psi", of: "features", window: "7d" },
    { name: "score-drift", measure: "ks", of: "score", window: "7d" },
    { name: "volume", measure: "count", window: "1d" },
    { name: "nulls", measure: "null_share", of: "features", window: "1d" },
    { name: "loss", measure: "log_loss", window: "1d" },
    { name: "calibration", measure: "observed_over_predicted", window: "1d" },
  ],
};

/** Does what the worker would with an operation. */
export async function runOperationNow(operationId: string | null): Promise<void> {
  if (operationId) await runOperation.run({ operationId }, { attempt: 1, maxAttempts: 4, signal: new AbortController().signal });
}

export async function logStream(ctx: ProjectContext, modelId: string, rows: readonly StreamRow[], prefix: string, version = 1, receivedAt = Date.now()): Promise<void> {
  const logged = rows.map(({ at, features, score }, i): LoggedInference => ({
    projectId: ctx.project.id, modelId, predictionId: `${prefix}-${i}`, version, eventTime: at, receivedAt, score, features, keys: null, weight: 1,
  }));
  for (let from = 0; from < logged.length; from += 2_000) await insertInferences(database(), logged.slice(from, from + 2_000));
}

/** The events that were emitted, by name, of one project. */
export async function emittedEvents(projectId: string, name: string): Promise<unknown[]> {
  const result = await database().execute<{ payload: { event: string; projectId: string; payload: unknown } }>(sql`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'deliver-event' order by j.id`);
  return result.rows.map((row) => row.payload).filter((payload) => payload.event === name && payload.projectId === projectId).map((payload) => payload.payload);
}
