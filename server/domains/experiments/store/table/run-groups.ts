/** Runs grouped by a param or a tag, with mean and standard deviation of metrics over each group's runs. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { GroupField, GroupSort, GroupStat, RunGroup, RunGroups } from "../../contract/run-table";
import { sweepTag } from "../../contract/sweep-words";
import { isOfKey, readKeyIds } from "../search/key-ids";
import { type Chosen, chooseRuns } from "../search/run-search";

/** Read in about a second; of more runs the newest are. */
export const groupedAtMost = 50_000;
export const groupsGiven = 200;

const parentTag = "mlflow.parentRunId";

type Ask = Chosen & { by: GroupField; metrics: readonly string[]; sort: GroupSort };

/** NaN and the infinities have no mean, and the square of what is larger does not fit a double. */
const isMeasurable = (value: SQL) => sql`abs(${value}) < 1e150`;

const directed = (expression: SQL, descending: boolean) => sql`${expression} ${descending ? sql`desc` : sql`asc`} nulls last`;

function orderOf(sort: GroupSort): SQL {
  if (sort.by === "metric") return directed(sql`score`, sort.descending);
  if (sort.by === "runs") return directed(sql`runs`, sort.descending);
  return directed(sort.by === "value" ? sql`value` : sql`"startedLast"`, sort.descending);
}

type Keys = { group: readonly number[]; metrics: readonly { key: string; ids: readonly number[] }[]; sort: readonly number[] };

async function readKeys(db: Db, { projectId, experimentNos, by, metrics, sort }: Ask): Promise<Keys> {
  const chosen = sql`e.project_id = ${projectId} ${experimentNos === null ? sql`` : sql`and e.no = any(${sql.param(experimentNos)}::int[])`}`;
  const names = sort.by === "metric" ? [...metrics, sort.key] : metrics;
  const { keys: ids } = await readKeyIds(db, chosen, [{ ...by, aggregate: "last" }, ...names.map((key) => ({ scope: "metric" as const, key, aggregate: "last" as const }))]);
  return { group: ids(by.scope, by.key), metrics: metrics.map((key) => ({ key, ids: ids("metric", key) })), sort: sort.by === "metric" ? ids("metric", sort.key) : [] };
}

function groupedSql(chosen: SQL, by: GroupField, ids: readonly number[]): SQL {
  const pairs = sql.raw(by.scope === "param" ? "run_params" : "run_tags");
  return sql`with chosen as materialized (${chosen}), grouped as materialized (
    select r.id, r.start_time, v.value collate "C" as value from chosen c join runs r on r.id = c.id left join ${pairs} v on v.run_id = r.id and ${isOfKey(sql`v.key_id`, ids)})`;
}

type GroupRow = { value: string | null; runs: number; startedLast: number | null; total: number };

async function readGroups(db: Db, grouped: SQL, sort: GroupSort, keys: Keys): Promise<GroupRow[]> {
  const result = await db.execute<GroupRow>(sql`${grouped}
    select g.value, count(*) as runs, max(g.start_time) as "startedLast", avg(m.last_value) filter (where ${isMeasurable(sql`m.last_value`)}) as score,
      (select count(*) from grouped) as total
    from grouped g left join metric_summaries m on m.run_id = g.id and ${isOfKey(sql`m.key_id`, keys.sort)}
    group by g.value order by ${orderOf(sort)}, runs desc, value nulls last limit ${groupsGiven + 1}`);
  return result.rows.map((row) => ({ ...row, runs: Number(row.runs), total: Number(row.total), startedLast: row.startedLast === null ? null : Number(row.startedLast) }));
}

type StatRow = GroupStat & { value: string | null };

/** A metric has a number in each experiment: rows of all of them are one metric's. */
async function readStats(db: Db, grouped: SQL, groups: readonly GroupRow[], keys: Keys): Promise<Map<string | null, GroupStat[]>> {
  const numbers = keys.metrics.flatMap(({ key, ids }) => ids.map((id) => ({ key, id })));
  const stats = new Map<string | null, GroupStat[]>();
  if (numbers.length === 0 || groups.length === 0) return stats;
  const values = groups.flatMap(({ value }) => (value === null ? [] : [value]));
  const result = await db.execute<StatRow>(sql`${grouped}
    select g.value, k.key, count(*) as n, avg(m.last_value) as mean, stddev_samp(m.last_value) as sd
    from grouped g join metric_summaries m on m.run_id = g.id
    join unnest(${sql.param(numbers.map(({ id }) => id))}::int[], ${sql.param(numbers.map(({ key }) => key))}::text[]) k(id, key) on k.id = m.key_id
    where ${isMeasurable(sql`m.last_value`)} and (g.value is null or g.value = any(${sql.param(values)}::text[])) group by g.value, k.key order by k.key`);
  for (const { value, key, n, mean, sd } of result.rows) stats.set(value, [...(stats.get(value) ?? []), { key, n: Number(n), mean, sd }]);
  return stats;
}

/** Tags whose values are ids, and where the names stand. */
const namedBy: Record<string, SQL> = {
  [parentTag]: sql`select replace(id::text, '-', '') as value, name from runs`,
  [sweepTag]: sql`select id::text as value, name from sweeps`,
};

async function readLabels(db: Db, projectId: string, by: GroupField, groups: readonly GroupRow[]): Promise<Map<string, string>> {
  const from = by.scope === "tag" && Object.hasOwn(namedBy, by.key) ? namedBy[by.key] : undefined;
  if (!from) return new Map();
  const uuids = groups.flatMap(({ value }) => (value !== null && /^[0-9a-f-]{32,36}$/.test(value) ? [value.replaceAll("-", "")] : [])).filter((hex) => hex.length === 32);
  const result = await db.execute<{ value: string; name: string }>(sql`${from} where project_id = ${projectId} and id = any(${sql.param(uuids)}::uuid[])`);
  return new Map(result.rows.map(({ value, name }) => [value, name]));
}

export async function readRunGroups(db: Db, ask: Ask): Promise<RunGroups> {
  const keys = await readKeys(db, ask);
  const chosen = await chooseRuns(db, ask, groupedAtMost + 1);
  const grouped = groupedSql(chosen, ask.by, keys.group);
  const rows = await readGroups(db, grouped, ask.sort, keys);
  const shown = rows.slice(0, groupsGiven);
  const stats = await readStats(db, grouped, shown, keys);
  const labels = await readLabels(db, ask.projectId, ask.by, shown);
  const total = rows[0]?.total ?? 0;
  const groups = shown.map(({ value, runs, startedLast }): RunGroup => ({ value, label: labels.get(value ?? "") ?? null, runs, startedLast, stats: stats.get(value) ?? [] }));
  return { groups, runs: Math.min(total, groupedAtMost), isPartial: total > groupedAtMost, hasMore: rows.length > groupsGiven };
}
