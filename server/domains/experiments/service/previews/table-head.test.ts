import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { sqlText } from "@/server/platform/duckdb/quote";
import { testProject } from "@/server/platform/testing/project";
import { uploadArtifact } from "../artifacts";
import { createRun } from "../runs";
import { readTableHead } from "./table-head";

const parquet = (sql: string) =>
  withDuckDb([], async ({ run, scratch }) => {
    await run(`copy (${sql}) to ${sqlText(scratch("t.parquet"))} (format parquet)`);
    return readFileSync(scratch("t.parquet"));
  });

async function put(name: string, content: Buffer) {
  const { ctx } = await testProject("member");
  const run = await createRun(ctx, { experimentNo: 0, name: "r" });
  await uploadArtifact(ctx, `${run.artifactUri.slice("mlflow-artifacts:/".length)}/${name}`, Readable.from([content]), {});
  return { ctx, runId: run.id };
}

it("shows the head of a Parquet file with its types, and how much more there is", async () => {
  const { ctx, runId } = await put("data/t.parquet", await parquet(`select i as id, 'it''s ' || i as "a ""b""", case when i = 1 then null else [i, 2] end as list, repeat('x', 500) as long from range(1000) t(i)`));
  const head = await readTableHead(ctx, { runId, path: "data/t.parquet" });
  expect(head.columns).toEqual([{ name: "id", type: "BIGINT" }, { name: 'a "b"', type: "VARCHAR" }, { name: "list", type: "BIGINT[]" }, { name: "long", type: "VARCHAR" }]);
  expect([head.rows.length, head.totalRows, head.totalColumns]).toEqual([200, 1_000, 4]);
  expect(head.rows[1]?.slice(0, 3)).toEqual(["1", "it's 1", null]);
  expect(head.rows[0]?.[3]?.length).toBe(300);
});

it("says of another file that it is none, and of a missing one that it is missing", async () => {
  const { ctx, runId } = await put("t.parquet", Buffer.from("no table"));
  await expect(readTableHead(ctx, { runId, path: "t.parquet" })).rejects.toThrow("not Parquet");
  await expect(readTableHead(ctx, { runId, path: "other.parquet" })).rejects.toThrow("No such artifact");
  await expect(readTableHead(ctx, { runId, path: "../x" })).rejects.toThrow("Invalid path");
});
