/**
 * The skew check: a shadow replay in a store of its own. View rows are written when they become available, each
 * dataset row is read at its own time, and what online would have answered is compared with the dataset.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { blobStore } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { env } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { mutation } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import type { KeyedRow, OnlineStore, OnlineValue } from "@/server/platform/online-store/contract";
import { lmdbOnlineStore } from "@/server/platform/online-store/lmdb";
import { CheckSkewInput, type SkewCheckView } from "../contract/catalog";
import type { DatasetDefinition } from "../contract/definition";
import { onlineTable } from "../rules/online-table";
import { isSameValue, onlineRowsSql, onlineValue, onlineValueSql, rowsOfColumns } from "../rules/stream-rows";
import { insertSkewCheck } from "../store/skew-checks";
import { findDatasetContent } from "./find-dataset-content";
import { loadService, type ServiceViews } from "./join-plan";
import { tableOf } from "./material-input";
import { planOfService, type ReadPlan, readColumns } from "./read-online";

type EntityRow = { id: string; at: number; keys: Record<string, string>; offline: OnlineValue[] };
type ViewStream = { table: string; historyMs: number; rows: KeyedRow[]; next: number };
type Tally = { feature: string; values: number; differing: number; examples: SkewCheckView["byFeature"][number]["examples"] };

const maxExamples = 5;
const readBatch = 64;
const shown = (value: OnlineValue): string | number | null => (typeof value === "boolean" ? String(value) : value);
const textOf = (ms: number) => new Date(ms).toISOString().replace("T", " ").replace("Z", "");

async function readEntityRows(session: DuckDbSession, path: string, dataset: DatasetDefinition, plan: readonly ReadPlan[], from: string, to: string): Promise<EntityRow[]> {
  const features = plan.flatMap((item) => item.features.map(onlineValueSql));
  const keys = [...new Set(plan.map((item) => item.key))];
  const time = sqlName(dataset.event_time);
  const columns = [`${sqlName(dataset.id)}::varchar`, `epoch_ms(${time}::timestamp)::double`, ...keys.map((key) => `${sqlName(key)}::varchar`), ...features];
  const rows: EntityRow[] = [];
  const select = `select ${columns.join(", ")} from read_parquet(${sqlText(path)}) where ${time} >= ${sqlText(from)}::timestamp and ${time} < ${sqlText(to)}::timestamp order by ${time}`;
  await session.stream(select, async (chunk, count) => {
    for (let row = 0; row < count; row += 1) {
      rows.push({
        id: String(chunk[0]?.[row]), at: Number(chunk[1]?.[row]),
        keys: Object.fromEntries(keys.map((key, index) => [key, String(chunk[2 + index]?.[row])])),
        offline: features.map((_, index) => onlineValue(chunk[2 + keys.length + index]?.[row])),
      });
    }
  });
  return rows;
}

async function readStreams(session: DuckDbSession, paths: ReadonlyMap<string, string>, { views }: ServiceViews, fromMs: number, to: string): Promise<ViewStream[]> {
  const streams: ViewStream[] = [];
  for (const { definition, entityKey } of views) {
    const path = paths.get(definition.name) ?? "";
    const rows: KeyedRow[] = [];
    const start = textOf(fromMs - definition.ttl * 1_000 - 86_400_000);
    await session.stream(onlineRowsSql(definition, entityKey, path, start, to), async (columns, count) => void rows.push(...rowsOfColumns(columns, count)));
    streams.push({ table: onlineTable(definition), historyMs: definition.online.history * 1_000, rows, next: 0 });
  }
  return streams;
}

/** Writes everything that was available at `until`. */
async function advance(store: OnlineStore, streams: readonly ViewStream[], until: number): Promise<void> {
  for (const stream of streams) {
    const start = stream.next;
    while ((stream.rows[stream.next]?.availableAt ?? Number.POSITIVE_INFINITY) <= until) stream.next += 1;
    if (stream.next > start) await store.put(stream.table, stream.rows.slice(start, stream.next), stream.historyMs);
  }
}

function compareRows(store: OnlineStore, plan: readonly ReadPlan[], rows: readonly EntityRow[], relative: number, tallies: Tally[]): void {
  const entities: Record<string, string[]> = {};
  for (const key of Object.keys(rows[0]?.keys ?? {})) entities[key] = rows.map((row) => row.keys[key] ?? "");
  const columns = readColumns(store, plan, entities, rows.length, rows.map((row) => row.at));
  columns.forEach((column, index) => {
    const tally = tallies[index];
    if (!tally) return;
    rows.forEach((row, position) => {
      const offline = row.offline[index] ?? null;
      const online = column.values[position] ?? null;
      tally.values += 1;
      if (isSameValue(offline, online, relative)) return;
      tally.differing += 1;
      if (tally.examples.length < maxExamples) tally.examples.push({ id: row.id, offline: shown(offline), online: shown(online) });
    });
  });
}

type Progress = (stage: string, fraction: number | null) => Promise<void>;

/** Rows with one time are read together, after everything available until then was written. */
async function replay(store: OnlineStore, streams: ViewStream[], rows: readonly EntityRow[], plan: readonly ReadPlan[], relative: number, progress: Progress): Promise<Tally[]> {
  const tallies = plan.flatMap((item) => item.features.map((feature): Tally => ({ feature: feature.name, values: 0, differing: 0, examples: [] })));
  let start = 0;
  let sinceNote = 0;
  while (start < rows.length) {
    const at = rows[start]?.at ?? 0;
    let end = start + 1;
    while (end < rows.length && end - start < readBatch && rows[end]?.at === at) end += 1;
    await advance(store, streams, at);
    compareRows(store, plan, rows.slice(start, end), relative, tallies);
    sinceNote += end - start;
    start = end;
    if (sinceNote > 2_000) {
      sinceNote = 0;
      await progress("reading online at each row's time", start / rows.length);
    }
  }
  return tallies;
}

async function runCheck(projectId: string, input: { datasetId: string; from: string; to: string; relative: number }, progress: Progress) {
  const dataset = await findDatasetContent(database(), projectId, input.datasetId);
  const { definition } = dataset;
  const service = await loadService(database(), projectId, definition.service);
  const plan = planOfService(service);
  const path = await blobStore().localPath(dataset.blobSha256);
  const paths = new Map<string, string>();
  for (const view of service.views) paths.set(view.definition.name, (await tableOf(database(), view.row)).path);
  const folder = mkdtempSync(join(env().SLIPWAY_DATA, "scratch", "skew-"));
  const store = lmdbOnlineStore(folder, { durable: false });
  try {
    await progress("reading rows and outcomes", 0);
    const fromMs = Date.parse(input.from);
    const to = textOf(Date.parse(input.to));
    const { rows, streams } = await withDuckDb([path, ...paths.values()], async (session) => ({
      rows: await readEntityRows(session, path, definition, plan, textOf(fromMs), to),
      streams: await readStreams(session, paths, service, fromMs, to),
    }));
    return { rows: rows.length, tallies: await replay(store, streams, rows, plan, input.relative, progress) };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const check = defineOperation({
  kind: "check-skew",
  schema: CheckSkewInput,
  run: async (run) => {
    const { datasetId, from, to, relative } = run.payload;
    const { rows, tallies } = await runCheck(run.ctx.project.id, run.payload, run.progress);
    const values = tallies.reduce((sum, tally) => sum + tally.values, 0);
    const differing = tallies.reduce((sum, tally) => sum + tally.differing, 0);
    const id = newId();
    const row = { id, projectId: run.ctx.project.id, datasetId, fromTime: new Date(from), toTime: new Date(to), relative: String(relative), rows, values, differing };
    await insertSkewCheck(database(), { ...row, byFeature: tallies });
    return { skewCheckId: id, rows, values, differing, share: values === 0 ? 0 : differing / values };
  },
});

export const checkSkew = mutation("catalog.checkSkew", "member", CheckSkewInput, async (write) => {
  const { tx, ctx, input, subject } = write;
  const dataset = await findDatasetContent(tx, ctx.project.id, input.datasetId);
  subject({ kind: "dataset", id: dataset.id, name: dataset.name }, { from: input.from, to: input.to });
  return startOperation(write, check, { kind: "dataset", id: dataset.id, name: dataset.name }, input);
});
