/** Runs as files: all of the filter, in order, of this project alone; CSV and Parquet say the same. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { createExperiment } from "@/server/domains/experiments/service/experiments";
import { logBatch } from "@/server/domains/experiments/service/log";
import { createRun } from "@/server/domains/experiments/service/runs";
import { database } from "@/server/platform/db";
import { sqlText } from "@/server/platform/duckdb/quote";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";

const app = createGateway(() => 4999);
const folder = mkdtempSync(join(tmpdir(), "runs-file-"));
/** More than two pages. */
const many = 2_300;
let made: TestProject;
let token = "";
let no = 0;

async function download(kind: "csv" | "parquet", query: Record<string, string>, bearer = token): Promise<Response> {
  return app.request(`http://localhost:4999/api/v1/runs.${kind}?${new URLSearchParams(query)}`, { headers: { host: "localhost:4999", authorization: `Bearer ${bearer}` } });
}

const linesOf = async (response: Response) => (await response.text()).trimEnd().split("\r\n");

async function readParquet(response: Response): Promise<Record<string, unknown>[]> {
  const path = join(folder, `${newId()}.parquet`);
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  return withDuckDb([path], (session) => session.rows(`select * from read_parquet(${sqlText(path)})`));
}

beforeAll(async () => {
  made = await testProject("owner");
  token = (await makeTokens(made)).viewer;
  no = (await createExperiment(made.ctx, { name: "files" })).no;
  const experiment = sql`(select id from experiments where project_id = ${made.project.id} and no = ${no})`;
  const ids = Array.from({ length: many }, newId);
  await database().execute(sql`insert into runs (id, project_id, experiment_id, name, status, start_time, end_time, artifact_uri)
    select id, ${made.project.id}, ${experiment}, 'bulk ' || n, 'FINISHED', 1700000000000 + n, 1700000001000 + n, '' from unnest(${sql.param(ids)}::uuid[]) with ordinality u(id, n)`);
  const values: [string, number, string][] = [["=best", 0.9, "0.1"], ["odd", Number.NaN, "a \"b\",\n"], ["endless", Number.NEGATIVE_INFINITY, "é"]];
  for (const [name, auc, lr] of values) {
    const { id } = await createRun(made.ctx, { experimentNo: no, name, startTime: 1_700_000_000_000 });
    await logBatch(made.ctx, { runId: id, metrics: [{ key: "auc", value: 0.25, timestamp: 1, step: 0 }, { key: "auc", value: auc, timestamp: 2, step: 1 }], params: [{ key: "lr", value: lr }] });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const columns = "name,started,duration,metrics.auc,max(metrics.auc),params.lr";
const ofLogged = { experimentNo: "1", filter: "params.lr IS NOT NULL", orderBy: "metrics.`auc` DESC", columns };

it("gives the columns that are asked for, in the asked order, with values as they are", async () => {
  const response = await download("csv", { ...ofLogged, experimentNo: String(no) });
  expect([response.status, response.headers.get("content-type"), response.headers.get("content-disposition")]).toEqual([200, "text/csv; charset=utf-8", 'attachment; filename="runs.csv"']);
  const text = await response.text();
  const withoutIds = text.replace(/^[0-9a-f]{32},/gm, "");
  expect(withoutIds).toBe(
    ["run_id,name,start_time,end_time,duration_ms,metrics.auc,max(metrics.auc),params.lr", `"'=best",2023-11-14T22:13:20.000Z,,,0.9,0.9,0.1`, "endless,2023-11-14T22:13:20.000Z,,,-Infinity,0.25,é", 'odd,2023-11-14T22:13:20.000Z,,,NaN,0.25,"a ""b"",\n"', ""].join("\r\n"),
  );
});

it("a Parquet file has the same rows with types of their own", async () => {
  const rows = await readParquet(await download("parquet", { ...ofLogged, experimentNo: String(no) }));
  expect(rows.map(({ run_id: _, ...row }) => row)).toEqual([
    { name: "=best", start_time: new Date(1_700_000_000_000), end_time: null, duration_ms: null, "metrics.auc": 0.9, "max(metrics.auc)": 0.9, "params.lr": "0.1" },
    { name: "endless", start_time: new Date(1_700_000_000_000), end_time: null, duration_ms: null, "metrics.auc": Number.NEGATIVE_INFINITY, "max(metrics.auc)": 0.25, "params.lr": "é" },
    { name: "odd", start_time: new Date(1_700_000_000_000), end_time: null, duration_ms: null, "metrics.auc": Number.NaN, "max(metrics.auc)": 0.25, "params.lr": 'a "b",\n' },
  ]);
});

it("has every run, over many pages, with every column where none is named", async () => {
  const lines = await linesOf(await download("csv", { experimentNo: String(no), filter: "run_name LIKE 'bulk%'" }));
  expect(lines[0]).toBe("run_id,name,status,start_time,end_time,duration_ms,user,metrics.auc,params.lr,tags.mlflow.runName");
  expect([lines.length, new Set(lines).size]).toEqual([1 + many, 1 + many]);
  expect(lines[1]).toContain(`bulk ${many},FINISHED`);
  const rows = await readParquet(await download("parquet", { experimentNo: String(no), filter: "run_name LIKE 'bulk%'" }));
  expect(rows.map((row) => row.name)).toEqual(lines.slice(1).map((line) => line.split(",")[1]));
  expect(rows[0]?.duration_ms).toBe(1_000n);
});

it("no run is a file all the same", async () => {
  const none = { experimentNo: String(no), filter: "run_name = 'none'", columns: "metrics.auc" };
  expect(await linesOf(await download("csv", none))).toEqual(["run_id,metrics.auc"]);
  expect(await readParquet(await download("parquet", none))).toEqual([]);
});

it("refuses a filter that does not parse, an experiment of others, and who is no member", async () => {
  for (const kind of ["csv", "parquet"] as const) {
    expect((await download(kind, { experimentNo: String(no), filter: "metrics.auc >" })).status).toBe(400);
    expect((await download(kind, { experimentNo: String(no), filter: "nonsense = 1" })).status).toBe(400);
    expect((await download(kind, { experimentNo: "999" })).status).toBe(404);
    expect((await download(kind, { experimentNo: String(no) }, "slw_none")).status).toBe(401);
  }
  const stranger = (await makeTokens(await testProject("owner"))).viewer;
  expect((await download("csv", { experimentNo: String(no) }, stranger)).status).toBe(404);
});
