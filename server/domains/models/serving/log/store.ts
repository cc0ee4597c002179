/** SQL of the inference log and of the minutes of traffic. */
import { and, asc, desc, eq, gt, gte, isNotNull, sql } from "drizzle-orm";
import { inferences, servingMinutes } from "@/drizzle/schema/models";
import type { Database, Db } from "@/server/platform/db";

export type LoggedInference = {
  projectId: string; modelId: string; predictionId: string; version: number; eventTime: number; receivedAt: number; score: number | null;
  features: ArrayLike<number> | null; keys: Record<string, string | number> | null; weight: number;
};

const arrayText = (values: ArrayLike<number>): string => `{${Array.from(values).join(",")}}`;

/**
 * Writes a batch of one model; gives how many were new. Its writers follow each other, so that whoever reads by
 * `sequence` never sees a later one committed before an earlier one.
 */
export async function insertInferences(db: Database, batch: readonly LoggedInference[]): Promise<number> {
  const [first] = batch;
  if (!first) return 0;
  const times = (pick: (row: LoggedInference) => number) => batch.map((row) => new Date(pick(row)).toISOString());
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`inferences ${first.modelId}`}, 0))`);
    const result = await tx.execute(sql`
      insert into inferences (project_id, model_id, prediction_id, version, event_time, received_at, score, features, keys, weight)
      select ${first.projectId}::uuid, ${first.modelId}::uuid, p, v, e, r, s, f::double precision[], k::jsonb, w
      from unnest(
        ${sql.param(batch.map((row) => row.predictionId))}::text[], ${sql.param(batch.map((row) => row.version))}::int[],
        ${sql.param(times((row) => row.eventTime))}::timestamptz[], ${sql.param(times((row) => row.receivedAt))}::timestamptz[],
        ${sql.param(batch.map((row) => row.score))}::double precision[], ${sql.param(batch.map((row) => (row.features ? arrayText(row.features) : null)))}::text[],
        ${sql.param(batch.map((row) => (row.keys ? JSON.stringify(row.keys) : null)))}::text[], ${sql.param(batch.map((row) => row.weight))}::double precision[]
      ) as t(p, v, e, r, s, f, k, w)
      on conflict do nothing`);
    return result.rowCount ?? 0;
  });
}

export type ReadInference = { sequence: number; version: number; eventTime: Date; receivedAt: Date; score: number | null; features: number[] | null; weight: number };

export async function listInferencesAfter(db: Db, modelId: string, sequence: number, limit: number): Promise<ReadInference[]> {
  const { version, eventTime, receivedAt, score, features, weight } = inferences;
  return db
    .select({ sequence: inferences.sequence, version, eventTime, receivedAt, score, features, weight })
    .from(inferences)
    .where(and(eq(inferences.modelId, modelId), gt(inferences.sequence, sequence)))
    .orderBy(asc(inferences.sequence))
    .limit(limit);
}

/** The last one that was logged with its features; null when there is none. */
export async function findNewestInference(db: Db, modelId: string): Promise<typeof inferences.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(inferences)
    .where(and(eq(inferences.modelId, modelId), isNotNull(inferences.features)))
    .orderBy(desc(inferences.sequence))
    .limit(1);
  return row ?? null;
}

export type TrafficCount = { projectId: string; modelId: string; version: number; minute: number; outcome: string; requests: number; rows: number; latency: number[] };

/** Adds counts of one process to the minutes that all processes share. */
export async function addTraffic(db: Database, counts: readonly TrafficCount[]): Promise<void> {
  if (counts.length === 0) return;
  await db
    .insert(servingMinutes)
    .values(counts.map((count) => ({ ...count, minute: new Date(count.minute) })))
    .onConflictDoUpdate({
      target: [servingMinutes.modelId, servingMinutes.minute, servingMinutes.version, servingMinutes.outcome],
      set: {
        requests: sql`serving_minutes.requests + excluded.requests`,
        rows: sql`serving_minutes.rows + excluded.rows`,
        latency: sql`(select array_agg(coalesce(a, 0) + coalesce(b, 0) order by i) from unnest(serving_minutes.latency, excluded.latency) with ordinality as t(a, b, i))`,
      },
    });
}

export async function readMinutes(db: Db, modelId: string, since: Date) {
  return db
    .select()
    .from(servingMinutes)
    .where(and(eq(servingMinutes.modelId, modelId), gte(servingMinutes.minute, since)))
    .orderBy(asc(servingMinutes.minute), asc(servingMinutes.version));
}

/** Deletes a bounded number of the oldest rows; gives how many went. */
export async function purgeInferences(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from inferences where ctid = any(array(select ctid from inferences where received_at < ${before.toISOString()}::timestamptz order by received_at limit ${limit}))`);
  return result.rowCount ?? 0;
}

/** The time of receipt beyond which the newest `maxRows` lie; null while there are fewer. */
export async function receivedBeyond(db: Db, maxRows: number): Promise<Date | null> {
  const estimate = await db.execute<{ n: number }>(sql`select greatest(reltuples, 0)::bigint as n from pg_class where oid = 'inferences'::regclass`);
  if ((estimate.rows[0]?.n ?? 0) <= maxRows) return null;
  const result = await db.execute<{ at: Date }>(sql`select received_at as at from inferences order by received_at desc offset ${maxRows} limit 1`);
  const at = result.rows[0]?.at;
  return at ? new Date(at) : null;
}

export async function purgeMinutes(db: Db, days: number): Promise<void> {
  await db.execute(sql`delete from serving_minutes where minute < now() - make_interval(secs => ${days * 86_400})`);
}
