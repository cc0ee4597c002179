/** Reads a baseline's reference: exact quantiles by DuckDB, rows in order of time, each scored by the version that is watched. */
import { type DatasetContent, findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { runModel } from "@/server/domains/models/serving/runtime/runtime";
import { scoreSource, scoresOf } from "@/server/domains/models/serving/scores";
import type { Served } from "@/server/domains/models/serving/served-versions";
import { blobStore } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { isInRange, sqlName, sqlText } from "@/server/platform/duckdb/quote";
import { type DuckDbSession, withDuckDb } from "@/server/platform/duckdb/session";
import { Invalid } from "@/server/platform/errors";
import type { MonitorDefinition } from "../../contract/definition";
import { edgesOf, quantileLevels } from "../../rules/histogram";
import type { ReferenceRows } from "../../rules/reference-sums";

export type Reference = { dataset: DatasetContent; names: string[]; edges: number[][]; rows: ReferenceRows };
type Progress = (stage: string, fraction: number | null) => Promise<void>;

const scoreBatch = 4_096;
const maxCells = 200_000_000;

const reading = "reading the reference";
const pauseMs = 500;

/** Telling is a write, and throws once the work was cancelled: twice a second is soon enough for both. */
function paced(tell: Progress): Progress {
  let told = Number.NEGATIVE_INFINITY;
  return async (stage, fraction) => {
    if (performance.now() - told < pauseMs) return;
    told = performance.now();
    await tell(stage, fraction);
  };
}

const number = (name: string) => `${sqlName(name)}::double`;
/** NaN is absent, as it is to the models. */
const present = (name: string) => `case when isnan(${number(name)}) then null else ${number(name)} end`;

async function assertColumns(session: DuckDbSession, names: readonly string[], dataset: DatasetContent): Promise<void> {
  const described = await session.rows<{ column_name: string; column_type: string }>("describe reference");
  const missing = names.find((name) => !described.some((column) => column.column_name === name));
  if (missing !== undefined) throw new Invalid(`The dataset ${dataset.name} has no column ${missing}, which the monitor or the model needs.`, { field: "reference" });
}

async function readEdges(session: DuckDbSession, names: readonly string[], progress: Progress): Promise<number[][]> {
  const edges: number[][] = [];
  for (const name of names) {
    await progress(reading, null);
    const [row] = await session.rows<{ q: unknown }>(`select quantile_disc(${present(name)}, [${quantileLevels.join(", ")}]) as q from reference`);
    edges.push(Array.isArray(row?.q) ? edgesOf(row.q.map((value) => (typeof value === "number" ? value : null))) : []);
  }
  return edges;
}

async function readRows(session: DuckDbSession, { definition }: DatasetContent, names: readonly string[], count: number, progress: Progress): Promise<ReferenceRows> {
  const width = names.length;
  const rows: ReferenceRows = { times: new Float64Array(count), labels: new Int8Array(count).fill(-1), features: new Float64Array(count * width), width, scores: new Float64Array(count).fill(Number.NaN) };
  const time = sqlName(definition.event_time);
  let at = 0;
  const select = `select epoch_ms(${time}::timestamp)::double, ${sqlName(definition.label)}::integer, ${names.map(number).join(", ")} from reference order by ${time}`;
  await session.stream(select, async ([times = [], labels = [], ...features], size) => {
    for (let row = 0; row < size; row += 1, at += 1) {
      rows.times[at] = Number(times[row]);
      const label = labels[row];
      rows.labels[at] = label === 0 || label === 1 ? label : -1;
      for (let column = 0; column < width; column += 1) {
        const value = features[column]?.[row];
        rows.features[at * width + column] = typeof value === "number" ? value : Number.NaN;
      }
    }
    await progress(reading, null);
  });
  return rows;
}

async function scoreRows(served: Served, rows: ReferenceRows, progress: Progress): Promise<void> {
  const [input] = served.signature.inputs;
  const output = scoreSource(served.signature);
  if (!input || served.signature.inputs.length !== 1 || !output) throw new Invalid(`Version ${served.version} of ${served.model} gives no score that could be watched.`, { field: "model" });
  const count = rows.times.length;
  for (let from = 0; from < count; from += scoreBatch) {
    const to = Math.min(count, from + scoreBatch);
    const values = rows.features.subarray(from * rows.width, to * rows.width);
    const data = input.datatype === "FP64" ? Float64Array.from(values) : Float32Array.from(values);
    const datatype = input.datatype === "FP64" ? "FP64" : "FP32";
    const { outputs } = await runModel(served.file, [{ name: input.name, datatype, shape: [to - from, rows.width], data }], [output]);
    const scored = outputs[0] ? scoresOf(outputs[0], to - from) : null;
    if (scored) rows.scores.set(scored, from);
    await progress("scoring the reference", to / count);
  }
}

export async function readReference(projectId: string, definition: Pick<MonitorDefinition, "reference">, served: Served, tell: Progress): Promise<Reference> {
  const progress = paced(tell);
  const dataset = await findDatasetContent(database(), projectId, definition.reference.dataset);
  const names = served.signature.features;
  if (!names) throw new Invalid(`Version ${served.version} of ${served.model} does not name its features: it can't be watched by feature.`, { field: "model" });
  const path = await blobStore().localPath(dataset.blobSha256);
  const { column, from, to } = definition.reference;
  await progress(reading, null);
  const read = await withDuckDb([path], async (session) => {
    await session.run(`create view reference as select * from read_parquet(${sqlText(path)})`);
    await assertColumns(session, [column, dataset.definition.event_time, dataset.definition.label, ...names], dataset);
    await session.run(`create or replace view reference as select * from read_parquet(${sqlText(path)}) where ${isInRange(sqlName(column), { from, to })}`);
    const [counted] = await session.rows<{ n: bigint }>("select count(*) as n from reference");
    const count = Number(counted?.n ?? 0);
    if (count === 0) throw new Invalid(`The dataset ${dataset.name} has no rows with ${column} from ${from} to ${to}.`, { field: "reference" });
    if (count * names.length > maxCells) throw new Invalid(`The reference has ${count} rows of ${names.length} features: take a shorter range or a sample.`, { field: "reference" });
    return { edges: await readEdges(session, names, progress), rows: await readRows(session, dataset, names, count, progress) };
  });
  await scoreRows(served, read.rows, progress);
  return { dataset, names, ...read };
}
