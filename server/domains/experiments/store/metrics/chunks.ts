/** Sealed chunks: written whole, never changed; a later seal that reaches into one replaces it. */
import { inArray, type SQL, sql } from "drizzle-orm";
import { metricChunks } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import { mayLackExtremum } from "../../rules/chunks/columns";
import { leastPoints, type LevelWidth, type Resolution } from "../../rules/chunks/pyramid";

export type ChunkRow = typeof metricChunks.$inferInsert;

const rowsAtOnce = 200;

export async function insertChunks(tx: Tx, rows: readonly ChunkRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) await tx.insert(metricChunks).values(rows.slice(from, from + rowsAtOnce));
}

export type TakenChunk = { key_from: string; packed: boolean; points: Buffer };

/** Takes out what a seal reaches into: packed series of these keys, and of each key the chunks from its first new step on, and one that is not full. */
export async function takeChunks(tx: Tx, runId: string, attempt: number, keys: readonly { key: string; firstStep: number }[], full: number): Promise<TakenChunk[]> {
  const names = keys.map(({ key }) => key).sort();
  const result = await tx.execute<TakenChunk>(sql`
    delete from metric_chunks c where c.run_id = ${runId} and c.attempt = ${attempt} and (
      (c.packed and c.key_to >= ${names[0]} and c.key_from <= ${names.at(-1)})
      or (not c.packed and exists (
        select 1 from unnest(${sql.param(keys.map(({ key }) => key))}::text[], ${sql.param(keys.map(({ firstStep }) => firstStep))}::bigint[]) n(key, first_step)
        where n.key = c.key_to and (c.step_to >= n.first_step or c.count < ${full})))
    ) returning key_from, packed, points`);
  return result.rows;
}

export type ReadChunk = { run_id: string; packed: boolean; attempt: number; resolution: Resolution; bytes: Buffer };
export type StepRange = { from: number | null; to: number | null };
/** From `step` on a run's attempts before `attempt` are superseded in a metric. */
export type Cut = { runId: string; attempt: number; step: number };
export type LinePart = "line" | "superseded";
type Part = LinePart | "all";

/** Where a chunk's attempt is superseded; null: nowhere. */
function cutStep(cuts: readonly Cut[]): SQL {
  if (cuts.length === 0) return sql`null::bigint`;
  const column = <K extends keyof Cut>(name: K) => sql.param(cuts.map((cut) => cut[name]));
  return sql`(select min(k.step) from unnest(${column("runId")}::uuid[], ${column("attempt")}::int[], ${column("step")}::bigint[]) k(run_id, attempt, step)
    where k.run_id = c.run_id and k.attempt > c.attempt)`;
}

const inPart: Record<Part, SQL> = {
  line: sql`(packed or cut is null or step_from < cut)`,
  superseded: sql`(cut is not null and (packed or step_to >= cut))`,
  all: sql`true`,
};

/**
 * A metric's chunks of several runs within a range of steps. Where `wanted` points are drawn, each run's come at the coarsest
 * level that is fine enough for what lies in the range; one that straddles an end of it, or a cut, comes with every point.
 */
export async function readChunks(
  db: Db, runIds: readonly string[], key: string,
  { range, wanted, cuts, part }: { range: StepRange; wanted: number | null; cuts: readonly Cut[]; part: Part },
): Promise<ReadChunk[]> {
  const inRange = sql`(${range.from}::bigint is null or c.step_to >= ${range.from}::bigint) and (${range.to}::bigint is null or c.step_from <= ${range.to}::bigint)`;
  const straddles = sql`(step_from < ${range.from}::bigint or step_to > ${range.to}::bigint or (step_from < cut and step_to >= cut))`;
  const isEnough = (width: LevelWidth) => (wanted === null ? sql`false` : sql`in_sight >= ${leastPoints(width, wanted)}`);
  const result = await db.execute<ReadChunk & { id: string }>(sql`
    select id, run_id, packed, attempt, resolution, case resolution when 64 then level_64 when 256 then level_256 when 1024 then level_1024 else points end as bytes
    from (
      select found.*, case
        when ${straddles} is true then 0
        when ${isEnough(1_024)} and level_1024 is not null then 1024
        when ${isEnough(256)} and level_256 is not null then 256
        when ${isEnough(64)} and level_64 is not null then 64
        else 0 end as resolution
      from (
        select c.*, sum(c.count) over (partition by c.run_id) as in_sight
        from (
          select c.*, ${cutStep(cuts)} as cut
          from unnest(${sql.param(runIds)}::uuid[]) w(run_id) join runs r on r.id = w.run_id
          cross join lateral generate_series(1, r.attempts) a(number)
          cross join lateral (
            select * from metric_chunks c where c.run_id = w.run_id and not c.packed and c.attempt = a.number and c.key_to = ${key} and ${inRange}
            union all
            (select * from metric_chunks c where c.run_id = w.run_id and c.packed and c.attempt = a.number and c.key_to >= ${key} order by c.key_to limit 1)
          ) c
          where c.key_from <= ${key}
        ) c where ${inPart[part]}
      ) found
    ) chosen order by run_id, step_from`);
  return mendLevels(db, result.rows);
}

/** A chunk without its points. */
export type ChunkHead = { id: string; packed: boolean; attempt: number; key_to: string; step_from: number; step_to: number; count: number };

/** Of one run's metric from a step on, each attempt's in the order of their points: a seal cuts all that it takes anew, and in order. */
export async function listChunkHeads(db: Db, runId: string, key: string, fromStep: number | null): Promise<ChunkHead[]> {
  const result = await db.execute<ChunkHead>(sql`
    select c.id, c.packed, c.attempt, c.key_to, c.step_from, c.step_to, c.count
    from runs r cross join lateral generate_series(1, r.attempts) a(number)
    cross join lateral (
      select * from metric_chunks c where c.run_id = r.id and not c.packed and c.attempt = a.number and c.key_to = ${key} and (${fromStep}::bigint is null or c.step_to >= ${fromStep}::bigint)
      union all
      (select * from metric_chunks c where c.run_id = r.id and c.packed and c.attempt = a.number and c.key_to >= ${key} order by c.key_to limit 1)
    ) c
    where r.id = ${runId}::uuid and c.key_from <= ${key}
    order by c.attempt, c.step_from, c.step_to, c.id`);
  return result.rows;
}

export async function readChunkBytes(db: Db, ids: readonly string[]): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const whole = await db.select({ id: metricChunks.id, points: metricChunks.points }).from(metricChunks).where(inArray(metricChunks.id, [...ids]));
  return new Map(whole.map(({ id, points }) => [id, points]));
}

/** Of chunks whose stored level may lack an extremum every point is read instead; a new seal of them writes a level that has it. */
async function mendLevels(db: Db, found: readonly (ReadChunk & { id: string })[]): Promise<ReadChunk[]> {
  const lacking = found.filter(({ resolution, bytes }) => resolution !== 0 && mayLackExtremum(bytes)).map(({ id }) => id);
  if (lacking.length === 0) return [...found];
  const pointsOf = await readChunkBytes(db, lacking);
  return found.map((chunk): ReadChunk => {
    const bytes = pointsOf.get(chunk.id);
    return bytes === undefined ? chunk : { ...chunk, resolution: 0, bytes };
  });
}
