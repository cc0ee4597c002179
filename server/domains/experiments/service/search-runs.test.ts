import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { parseOrderInput } from "../rules/parse-filter-input";
import { searchRunIds } from "../store/search/run-search";
import { createExperiment } from "./experiments";
import { countRuns } from "./table/run-keys";
import { deleteRun } from "./deletion/delete-run";
import { searchRuns } from "./runs";

/** More runs than are ever sorted whole: a page comes by an index, or by the few that a condition leaves. */
const many = 2_600;

type Made = { id: string; start: number | null; loss: number | null; acc: number; model: string; rare: string };

let a: TestProject;
let made: Made[];
let no: number;

const models = ["gbdt", "mlp", "linear"];

/** Values with ties, absent ones, NaN and the infinities; the same each time. */
function makeRun(index: number): Made {
  const special = index % 97 === 0 ? Number.NaN : index % 89 === 0 ? Number.POSITIVE_INFINITY : index % 83 === 0 ? Number.NEGATIVE_INFINITY : ((index * 7_919) % 1_000) / 1_000;
  return {
    id: newId(), start: index % 71 === 0 ? null : 1_700_000_000_000 + ((index * 31) % 500), loss: index % 13 === 0 ? null : special, acc: (index % 10) / 10,
    model: models[index % 3] ?? "", rare: `${"x".repeat(70)}${index % 500}`,
  };
}

beforeAll(async () => {
  a = await testProject();
  made = Array.from({ length: many }, (_, index) => makeRun(index));
  no = (await createExperiment(a.ctx, { name: "many" })).no;
  const { rows } = await database().execute<{ id: string }>(sql`select id from experiments where project_id = ${a.ctx.project.id} and no = ${no}`);
  const experiment = rows[0]?.id ?? "";
  const column = <K extends keyof Made>(key: K) => sql.param(made.map((run) => (run[key] === null ? null : String(run[key]))));
  await database().transaction(async (tx) => {
    await tx.execute(sql`insert into runs (id, project_id, experiment_id, name, status, start_time, artifact_uri)
      select id, ${a.ctx.project.id}, ${experiment}, 'r', 'FINISHED', start, '' from unnest(${column("id")}::uuid[], ${column("start")}::bigint[]) n(id, start)`);
    const keys = await tx.execute<{ id: number; key: string }>(sql`insert into field_keys (experiment_id, scope, key)
      values (${experiment}, 'metric', 'loss'), (${experiment}, 'metric', 'acc'), (${experiment}, 'param', 'model'), (${experiment}, 'tag', 'rare') returning id, key`);
    const idOf = (key: string) => keys.rows.find((row) => row.key === key)?.id ?? 0;
    for (const metric of ["loss", "acc"] as const) {
      await tx.execute(sql`insert into metric_summaries (run_id, key_id, last_value, last_step, last_timestamp, first_timestamp, count, min_value, max_value)
        select id, ${idOf(metric)}::int, value, 0, 0, 0, 1, nullif(value, 'NaN'), nullif(value, 'NaN') from unnest(${column("id")}::uuid[], ${column(metric)}::float8[]) n(id, value) where value is not null`);
    }
    await tx.execute(sql`insert into run_params (run_id, key_id, value) select id, ${idOf("model")}::int, value from unnest(${column("id")}::uuid[], ${column("model")}::text[]) n(id, value)`);
    await tx.execute(sql`insert into run_tags (run_id, key_id, value) select id, ${idOf("rare")}::int, value from unnest(${column("id")}::uuid[], ${column("rare")}::text[]) n(id, value)`);
  });
});

const nullsLast = <T>(x: T | null, y: T | null, order: (x: T, y: T) => number) => (x === null || y === null ? Number(x === null) - Number(y === null) : order(x, y));
const sortedBy = (run: Made, key: "loss" | "acc" | "start") => (Number.isNaN(run[key]) ? null : run[key]);
const numbers = (x: number, y: number) => (x === y ? 0 : x < y ? -1 : 1);

type Order = { key: "loss" | "acc" | "start"; down: boolean };

/** What the search must find, by the plainest means. */
function expected(keep: (run: Made) => boolean, order: Order[]): string[] {
  const all: Order[] = [...order, { key: "start", down: true }];
  const compare = (x: Made, y: Made) => {
    for (const { key, down } of all) {
      const found = nullsLast(sortedBy(x, key), sortedBy(y, key), (p, q) => (down ? -numbers(p, q) : numbers(p, q)));
      if (found !== 0) return found;
    }
    return x.id < y.id ? 1 : -1;
  };
  return made.filter(keep).sort(compare).map(({ id }) => id);
}

async function readAll(filter: string, orderBy: string[], limit: number): Promise<string[]> {
  const ids: string[] = [];
  let pageToken: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof searchRuns>> = await searchRuns(a.ctx, { experimentNos: [no], filter, orderBy, limit, pageToken, columns: { metrics: [], params: [], tags: [] } });
    ids.push(...page.runs.map(({ id }) => id));
    pageToken = page.next;
  } while (pageToken !== null);
  return ids;
}

describe("pages of a search through more runs than are sorted whole", () => {
  it.each([
    ["nothing asked", "", [], () => true, []],
    ["newest first, said", "", ["start_time DESC"], () => true, []],
    ["a metric, down", "", ["metrics.loss DESC"], () => true, [{ key: "loss", down: true }]],
    ["a metric, up", "", ["metrics.loss ASC"], () => true, [{ key: "loss", down: false }]],
    ["a metric of many ties, then another", "", ["metrics.acc DESC", "metrics.loss ASC"], () => true, [{ key: "acc", down: true }, { key: "loss", down: false }]],
    ["a wide filter and a metric", "metrics.acc > 0.2 and params.model = 'gbdt'", ["metrics.loss DESC"], (run: Made) => run.acc > 0.2 && run.model === "gbdt", [{ key: "loss", down: true }]],
    ["few by a tag longer than an index's head", `tags.rare = '${"x".repeat(70)}7'`, ["metrics.loss ASC"], (run: Made) => run.rare === `${"x".repeat(70)}7`, [{ key: "loss", down: false }]],
    ["a metric that ends above", "metrics.loss > 0.99", [], (run: Made) => (run.loss ?? Number.NaN) > 0.99, []],
    ["a greatest value", "max(metrics.loss) >= 0.5", ["max(metrics.loss) ASC"], (run: Made) => (run.loss ?? Number.NaN) >= 0.5, [{ key: "loss", down: false }]],
    ["nothing that is there", "params.model = 'none'", ["metrics.loss DESC"], () => false, []],
    ["a key that no run has", "", ["metrics.unheard DESC"], () => true, []],
  ] as [string, string, string[], (run: Made) => boolean, Order[]][])("%s: each run once, in order", async (_, filter, orderBy, keep, order) => {
    const right = expected(keep, order);
    expect(await readAll(filter, orderBy, 190)).toEqual(right);
    expect((await countRuns(a.ctx, { experimentNos: [no], filter })).count).toBe(right.length);
  });

  it.each<[string, Order[]]>([
    ["metrics.acc DESC", [{ key: "acc", down: true }]],
    ["metrics.acc ASC", [{ key: "acc", down: false }]],
    ["start_time DESC, metrics.loss ASC", [{ key: "start", down: true }, { key: "loss", down: false }]],
  ])("has each run once and in its place by %s where more are alike than are read along an index", async (orderBy, order) => {
    const search = { projectId: a.ctx.project.id, experimentNos: [no], conditions: [], view: "ACTIVE_ONLY" as const, order: parseOrderInput(orderBy.split(", ")), limit: 200 };
    const ids: string[] = [];
    for (let pageToken: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof searchRunIds>> = await searchRunIds(database(), { ...search, pageToken }, 203);
      ids.push(...page.ids);
      if (page.next === null) break;
      pageToken = page.next;
    }
    expect(ids).toEqual(expected(() => true, order));
  });

  it("leaves out a deleted run", async () => {
    const [first = ""] = expected(() => true, [{ key: "loss", down: true }]);
    await deleteRun(a.ctx, { runId: first });
    expect((await readAll("", ["metrics.loss DESC"], 190))[0]).toBe(expected((run) => run.id !== first, [{ key: "loss", down: true }])[0]);
  });
});
