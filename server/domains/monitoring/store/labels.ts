/** SQL of labels: taken once, joined once, counted always. */
import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { labelDays, labels, labelTallies } from "@/drizzle/schema/monitoring";
import type { Db, Tx } from "@/server/platform/db";
import type { LabelCounts } from "../contract/monitor";
import type { LabelSums } from "../rules/sums";

export type GivenLabel = { predictionId: string; label: 0 | 1; knownAt: Date };
export type TallyRow = typeof labelTallies.$inferSelect;

/** Writers of one model's labels follow each other, so that a reader by sequence misses none. */
export async function lockLabels(tx: Tx, projectId: string, modelId: string): Promise<TallyRow> {
  await tx.insert(labelTallies).values({ projectId, modelId }).onConflictDoNothing();
  const [row] = await tx.select().from(labelTallies).where(eq(labelTallies.modelId, modelId)).for("update");
  if (!row) throw new Error("the tally is gone");
  return row;
}

/** The ids that were new. */
export async function insertLabels(tx: Tx, projectId: string, modelId: string, given: readonly GivenLabel[]): Promise<Set<string>> {
  const result = await tx.execute<{ id: string }>(sql`
    insert into labels (project_id, model_id, prediction_id, label, known_at)
    select ${projectId}::uuid, ${modelId}::uuid, * from unnest(
      ${sql.param(given.map((one) => one.predictionId))}::text[], ${sql.param(given.map((one) => one.label))}::smallint[],
      ${sql.param(given.map((one) => one.knownAt.toISOString()))}::timestamptz[])
    on conflict do nothing returning prediction_id as id`);
  return new Set(result.rows.map((row) => row.id));
}

export async function findLabels(tx: Tx, modelId: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.select({ id: labels.predictionId, label: labels.label }).from(labels).where(and(eq(labels.modelId, modelId), inArray(labels.predictionId, [...ids])));
  return new Map(rows.map((row) => [row.id, row.label]));
}

/** Which of these predictions were logged. */
export async function findPredicted(tx: Tx, modelId: string, ids: readonly string[]): Promise<Set<string>> {
  const result = await tx.execute<{ id: string }>(sql`
    select prediction_id as id from inferences where model_id = ${modelId} and prediction_id = any(${sql.param([...ids])}::text[])`);
  return new Set(result.rows.map((row) => row.id));
}

export async function forgetLabels(tx: Tx, modelId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(labels).where(and(eq(labels.modelId, modelId), inArray(labels.predictionId, [...ids])));
}

export async function saveTally(tx: Tx, { modelId, ...tally }: Partial<TallyRow> & { modelId: string }): Promise<void> {
  await tx.update(labelTallies).set(tally).where(eq(labelTallies.modelId, modelId));
}

/** Models with labels or inferences that have not been looked at. Not `exists`: under the `or` it would scan whole logs. */
export async function modelsWithLabels(db: Db): Promise<{ modelId: string; projectId: string }[]> {
  const result = await db.execute<{ model_id: string; project_id: string }>(sql`
    select t.model_id, t.project_id from label_tallies t
    where (select l.sequence from labels l where l.model_id = t.model_id and l.sequence > t.label_cursor order by l.sequence limit 1) is not null
       or (t.waiting > 0 and
           (select i.sequence from inferences i where i.model_id = t.model_id and i.sequence > t.inference_cursor order by i.sequence limit 1) is not null)`);
  return result.rows.map((row) => ({ modelId: row.model_id, projectId: row.project_id }));
}

/** `sequence` is the inference's place in the log. */
export type Joined = { predictionId: string; label: 0 | 1; knownAt: Date; sequence: number; eventTime: Date; version: number; score: number | null };
type JoinedRow = { id: string; label: number; known_at: Date; sequence: number; event_time: Date; version: number; score: number | null };

const joinedOf = (row: JoinedRow): Joined => ({
  predictionId: row.id, label: row.label === 1 ? 1 : 0, knownAt: new Date(row.known_at), sequence: row.sequence, eventTime: new Date(row.event_time), version: row.version, score: row.score,
});

/** Marks waiting labels among the next `limit` new labels as joined, and gives them with their predictions and the new cursor. */
export async function joinNewLabels(tx: Tx, modelId: string, cursor: number, limit: number): Promise<{ joined: Joined[]; cursor: number }> {
  const top = await tx.execute<{ top: number | null }>(sql`
    select max(sequence) as top from (select sequence from labels where model_id = ${modelId} and sequence > ${cursor} order by sequence limit ${limit}) s`);
  const until = top.rows[0]?.top ?? cursor;
  const result = await tx.execute<JoinedRow>(sql`
    update labels l set is_joined = true from inferences i
    where l.model_id = ${modelId} and l.sequence > ${cursor} and l.sequence <= ${until} and not l.is_joined and i.model_id = l.model_id and i.prediction_id = l.prediction_id
    returning l.prediction_id as id, l.label, l.known_at, i.sequence, i.event_time, i.version, i.score`);
  return { joined: result.rows.map(joinedOf), cursor: until };
}

/** The same for labels that came before their predictions: among the next `limit` inferences. */
export async function joinNewInferences(tx: Tx, modelId: string, cursor: number, limit: number): Promise<{ joined: Joined[]; cursor: number }> {
  const top = await tx.execute<{ top: number | null }>(sql`
    select max(sequence) as top from (select sequence from inferences where model_id = ${modelId} and sequence > ${cursor} order by sequence limit ${limit}) s`);
  const until = top.rows[0]?.top ?? cursor;
  const result = await tx.execute<JoinedRow>(sql`
    update labels l set is_joined = true from inferences i
    where i.model_id = ${modelId} and i.sequence > ${cursor} and i.sequence <= ${until} and l.model_id = i.model_id and l.prediction_id = i.prediction_id and not l.is_joined
    returning l.prediction_id as id, l.label, l.known_at, i.sequence, i.event_time, i.version, i.score`);
  return { joined: result.rows.map(joinedOf), cursor: until };
}

export async function lastInference(tx: Tx, modelId: string): Promise<number> {
  const result = await tx.execute<{ top: number | null }>(sql`select max(sequence) as top from inferences where model_id = ${modelId}`);
  return result.rows[0]?.top ?? 0;
}

export type LabelDay = { day: number; version: number } & LabelSums;

export async function addLabelDays(tx: Tx, projectId: string, modelId: string, days: readonly LabelDay[]): Promise<void> {
  if (days.length === 0) return;
  await tx
    .insert(labelDays)
    .values(days.map(({ day, ...sums }) => ({ projectId, modelId, day: new Date(day), ...sums })))
    .onConflictDoUpdate({
      target: [labelDays.modelId, labelDays.day, labelDays.version],
      set: {
        labels: sql`label_days.labels + excluded.labels`, positives: sql`label_days.positives + excluded.positives`,
        logLossSum: sql`label_days.log_loss_sum + excluded.log_loss_sum`, scoreSum: sql`label_days.score_sum + excluded.score_sum`,
      },
    });
}

export async function readLabelDays(db: Db, modelId: string, from: Date, to: Date) {
  return db.select().from(labelDays).where(and(eq(labelDays.modelId, modelId), gte(labelDays.day, from), lt(labelDays.day, to))).orderBy(asc(labelDays.day), asc(labelDays.version));
}

type Tally = Omit<LabelCounts, "labelled" | "predictions">;
const none: Tally = { received: 0, joined: 0, waiting: 0, duplicates: 0, conflicting: 0, late: 0, unsampled: 0, dropped: 0, watermark: null };

export async function readTally(db: Db, modelId: string): Promise<Tally> {
  const [row] = await db.select().from(labelTallies).where(eq(labelTallies.modelId, modelId));
  if (!row) return none;
  const { received, joined, waiting, duplicates, conflicting, late, unsampled, dropped, watermark } = row;
  return { received, joined, waiting, duplicates, conflicting, late, unsampled, dropped, watermark };
}

/**
 * The predictions that a baseline's hours tell of, and how many of them have a label: of a day never more than were read of it, for labels are the
 * model's, also of predictions that this monitor did not read.
 */
export async function countLabelled(db: Db, modelId: string, baselineId: string | null): Promise<Pick<LabelCounts, "labelled" | "predictions">> {
  if (baselineId === null) return { labelled: 0, predictions: 0 };
  const result = await db.execute<{ labelled: number; predictions: number }>(sql`
    with read as (select date_trunc('day', hour, 'UTC') as day, sum(rows) as rows from monitor_hours where baseline_id = ${baselineId} group by 1),
      known as (select day, sum(labels) as labels from label_days where model_id = ${modelId} group by day)
    select coalesce(sum(least(rows, coalesce(labels, 0))), 0)::bigint as labelled, coalesce(sum(rows), 0)::bigint as predictions from read left join known using (day)`);
  return result.rows[0] ?? { labelled: 0, predictions: 0 };
}

/** Labels are kept as long as the inferences they are about. */
export async function purgeLabels(db: Db, days: number): Promise<void> {
  await db.execute(sql`
    with gone as (delete from labels where received_at < now() - make_interval(secs => ${days * 86_400}) returning model_id, is_joined)
    update label_tallies t set waiting = greatest(0, t.waiting - g.n), dropped = t.dropped + g.n
    from (select model_id, count(*) as n from gone where not is_joined group by model_id) g where g.model_id = t.model_id`);
}
