/** Finds runs by filter and order: one page costs about the same whether an experiment has ten thousand runs or a million. */
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { Condition, FieldRef, SortKey } from "../../rules/filter";
import { hasRow, runCondition, runSortTerm } from "./conditions";
import { isOfKey, type KeyIds, readKeyIds } from "./key-ids";
import { afterKey, decodePageToken, encodePageToken, orderBy, type PageKey, type SortTerm } from "./keyset";
import { fewRuns, findFew } from "./probes";

export type Chosen = {
  projectId: string; experimentNos: number[] | null; conditions: readonly Condition[]; view: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
};
type Search = Chosen & { order: readonly SortKey[]; pageToken: string | null; limit: number };
type Page = { ids: string[]; next: string | null };

/** What a search needs, once its experiments and keys are looked up. */
type Found = { where: SQL[]; keys: KeyIds; experimentId: string | null };

/** How far a walk along an index goes before the whole experiment is sorted instead. */
const walkedAtMost = 20_000;
/** Counts end here: what a person wants to know of more is only that there are more. */
export const countedAtMost = 10_000;

const byStart: FieldRef = { scope: "attribute", key: "start_time", aggregate: "last" };
const isStart = ({ scope, key }: FieldRef) => scope === "attribute" && key.toLowerCase() === "start_time";
const byId: SortTerm = { expression: sql`r.id`, descending: true, cast: "uuid" };

async function look(db: Db, { projectId, experimentNos, conditions, view }: Chosen, fields: readonly FieldRef[]): Promise<Found> {
  const ofProject = sql`e.project_id = ${projectId}`;
  const chosen = experimentNos === null ? ofProject : sql`${ofProject} and e.no = any(${sql.param(experimentNos)}::int[])`;
  const { experimentIds, keys } = await readKeyIds(db, chosen, fields);
  const where = [sql`r.project_id = ${projectId}`, ...conditions.map((condition) => runCondition(condition, keys))];
  if (view !== "ALL") where.push(sql`r.lifecycle_stage = ${view === "ACTIVE_ONLY" ? "active" : "deleted"}`);
  if (experimentNos !== null) where.push(sql`r.experiment_id = any(${sql.param(experimentIds)}::uuid[])`);
  const [experimentId, ...others] = experimentIds;
  return { where, keys, experimentId: experimentId && others.length === 0 ? experimentId : null };
}

/** What one search still sorts whole when no walk leads to its page. */
const sortedWhole = 50_000;

const amongThese = (few: SQL) => sql`r.id = any(array(${few}))`;

/** Counts to `countedAtMost` and one more. */
export async function countRunIds(db: Db, chosen: Chosen): Promise<number> {
  const { where, keys, experimentId } = await look(db, chosen, chosen.conditions);
  const few = experimentId === null ? null : await findFew(db, experimentId, chosen.conditions, keys, sortedWhole);
  const all = few ? [...where, amongThese(few)] : where;
  const result = await db.execute<{ n: number }>(sql`select count(*) as n from (select 1 from runs r where ${sql.join(all, sql` and `)} limit ${countedAtMost + 1}) counted`);
  return Number(result.rows[0]?.n ?? 0);
}

/** A query for the ids of the newest matches, at most `limit`, to be used inside another one. */
export async function chooseRuns(db: Db, chosen: Chosen, limit: number): Promise<SQL> {
  const { where, keys, experimentId } = await look(db, chosen, chosen.conditions);
  const few = experimentId === null ? null : await findFew(db, experimentId, chosen.conditions, keys, sortedWhole);
  const all = few ? [...where, amongThese(few)] : where;
  return sql`select r.id from runs r where ${sql.join(all, sql` and `)} order by r.start_time desc nulls last, r.id desc limit ${limit}`;
}

type Row = Record<string, string | number | null>;
type Ask = { from: SQL; terms: readonly SortTerm[]; where: readonly SQL[]; after: PageKey | null; limit: number };

/** At most `limit` rows: a run's id and its sort keys `k0`, `k1`, …. */
async function readRows(db: Db, { from, terms, where, after, limit }: Ask): Promise<Row[]> {
  const all = after === null ? where : [...where, afterKey(terms, after)];
  const keys = sql.join(terms.map((term, index) => sql`${term.expression} as ${sql.raw(`k${index}`)}`), sql`, `);
  const result = await db.execute<Row>(sql`select r.id, ${keys} from ${from} where ${sql.join([...all], sql` and `)} order by ${orderBy(terms)} limit ${limit}`);
  return result.rows;
}

/** A run of each row of `walk`, one after the other, so that the reading ends as soon as the page is full. */
const runsAlong = (walk: SQL, where: readonly SQL[]) => sql`(${walk}) w cross join lateral (select * from runs r where r.id = w.id and ${sql.join([...where], sql` and `)} offset 0) r`;

type Walk = {
  query: (limit: number) => SQL;
  terms: readonly SortTerm[];
  /** The walk as far as rows whose first sort key is `key`; null where it has the whole order, in which no two are alike. */
  through: ((key: string | number | null, limit: number) => SQL) | null;
};

/** Along the metric's index, from where the page before ended. NaN is the greatest there, and not in this order. */
function metricWalk(keyId: number, terms: readonly SortTerm[], after: PageKey | null): Walk {
  const [first, ...rest] = terms;
  const isDown = first?.descending ?? true;
  const from = after?.[0] ?? null;
  const bound = from === null ? sql`true` : isDown ? sql`m.last_value <= ${Number(from)}::float8` : sql`m.last_value >= ${Number(from)}::float8`;
  const found = sql`from metric_summaries m where m.key_id = ${keyId}::int and m.last_value < 'NaN'::float8 and ${bound}`;
  const query = (limit: number) => sql`select m.run_id as id, m.last_value as value ${found} order by m.last_value ${isDown ? sql`desc` : sql`asc`} limit ${limit}`;
  const through: Walk["through"] = (key, limit) => sql`select 1 ${found} and m.last_value ${isDown ? sql`>=` : sql`<=`} ${Number(key)}::float8 limit ${limit}`;
  return { query, through, terms: [{ expression: sql`w.value`, descending: isDown, cast: "float8", isPresent: true }, ...rest] };
}

function newestWalk(experimentId: string, terms: readonly SortTerm[], after: PageKey | null): Walk {
  const from = after?.[0] ?? null;
  const bound = after === null ? sql`true` : from === null ? sql`n.start_time is null` : sql`(n.start_time <= ${Number(from)}::bigint or n.start_time is null)`;
  const found = sql`from runs n where n.experiment_id = ${experimentId} and ${bound}`;
  const query = (limit: number) => sql`select n.id, n.start_time ${found} order by n.start_time desc nulls last, n.id desc nulls last limit ${limit}`;
  const through: Walk["through"] = (key, limit) => sql`select 1 ${found} and ${key === null ? sql`true` : sql`n.start_time >= ${Number(key)}::bigint`} limit ${limit}`;
  const [, ...rest] = terms;
  const ofWalk: SortTerm = { expression: sql`w.start_time`, descending: true, cast: "bigint" };
  const isWhole = rest.length === 1;
  return { query, through: isWhole ? null : through, terms: [ofWalk, ...(isWhole ? [{ ...byId, expression: sql`w.id` }] : rest)] };
}

/** The rows of a page along a walk; null where the walk ended too early to tell. */
async function readAlong(db: Db, walk: Walk, { where, after, limit }: Omit<Ask, "from" | "terms">, walked: number): Promise<{ rows: Row[]; isEnd: boolean } | null> {
  const rows = await readRows(db, { from: runsAlong(walk.query(walked), where), terms: walk.terms, where: [sql`true`], after, limit });
  const isEnd = rows.length < limit;
  // Of rows that are alike to the walk it may have left some out that go before those it has.
  const needed = isEnd ? walk.query(walked + 1) : walk.through?.(rows.at(-1)?.k0 ?? null, walked + 1);
  if (!needed) return { rows, isEnd };
  const counted = await db.execute<{ n: number }>(sql`select count(*) as n from (${needed}) counted`);
  return Number(counted.rows[0]?.n ?? 0) > walked ? null : { rows, isEnd };
}

/** The page by an index in the asked order; null where there is none, or it does not lead there soon. */
async function walkPage(db: Db, search: Search, found: Found, { terms, after, limit }: Pick<Ask, "terms" | "after" | "limit">, walked: number): Promise<Row[] | null> {
  const { where, keys, experimentId } = found;
  if (experimentId === null) return null;
  const [first] = search.order;
  if (!first || (isStart(first) && first.descending)) {
    const walk = newestWalk(experimentId, terms, after);
    return (await readAlong(db, walk, { where, after, limit }, walked))?.rows ?? null;
  }
  const [keyId, ...others] = first.scope === "metric" && first.aggregate === "last" ? keys("metric", first.key) : [];
  if (keyId === undefined || others.length > 0) return null;
  const isPast = after !== null && after[0] === null;
  const valued = isPast ? { rows: [], isEnd: true } : await readAlong(db, metricWalk(keyId, terms, after), { where, after, limit }, walked);
  if (valued === null || !valued.isEnd) return valued?.rows ?? null;
  // Behind the values come the runs without one.
  const without = sql`not ${hasRow(sql`metric_summaries m`, sql`m.run_id = r.id and ${isOfKey(sql`m.key_id`, [keyId])} and m.last_value < 'NaN'::float8`)}`;
  const rest = await readRows(db, { from: sql`runs r`, terms, where: [...where, without], after: isPast ? after : null, limit: limit - valued.rows.length });
  return [...valued.rows, ...rest];
}

/** Ids of one page in order; the page's cost does not depend on how far in it is. */
export async function searchRunIds(db: Db, search: Search, walked = walkedAtMost): Promise<Page> {
  const found = await look(db, search, [...search.conditions, ...search.order]);
  const asked = search.order.map((key) => runSortTerm(key, key.descending, found.keys));
  const terms = [...asked, ...(search.order.some(isStart) ? [] : [runSortTerm(byStart, true, found.keys)]), byId];
  const after = search.pageToken === null ? null : decodePageToken(search.pageToken, terms.length);
  const limit = search.limit + 1;
  const sortFew = async (most: number) => {
    const few = found.experimentId === null ? null : await findFew(db, found.experimentId, search.conditions, found.keys, most);
    return few && readRows(db, { from: sql`runs r`, terms, where: [...found.where, amongThese(few)], after, limit });
  };
  const rows =
    (await sortFew(fewRuns)) ??
    (await walkPage(db, search, found, { terms, after, limit }, walked)) ??
    (await sortFew(sortedWhole)) ??
    (await readRows(db, { from: sql`runs r`, terms, where: found.where, after, limit }));
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  const hasMore = rows.length > search.limit && last !== undefined;
  return {
    ids: page.map((row) => String(row.id)),
    next: hasMore ? encodePageToken(terms.map((_, index) => last[`k${index}`] ?? null)) : null,
  };
}
