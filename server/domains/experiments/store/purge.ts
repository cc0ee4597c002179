/** Takes deleted runs out for good: everything that was logged to them goes with their rows. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/server/platform/db";
import { pathOfArtifactUri } from "../rules/artifact-path";
import { deleteArtifactRows } from "./artifacts";

export type Purged = { runs: number; points: number; artifacts: number; metricBytes: number; artifactBytes: number };

const isHeld = (kind: "run" | "logged_model", id: SQL) => sql`exists (select 1 from links l where l.project_id = r.project_id and l.to_kind = ${kind} and l.to_id = ${id} and l.hold)`;

/** Deleted themselves or with their experiment, by that moment. */
const isDeletedBy = (asOf: SQL) => sql`((r.lifecycle_stage = 'deleted' and coalesce(r.deleted_at, '-infinity') <= ${asOf}) or (e.lifecycle_stage = 'deleted' and coalesce(e.deleted_at, '-infinity') <= ${asOf}))`;

/** Those that are open still, or that a model version or an evaluation rests on, stay. */
const mayGo = sql`r.status not in ('RUNNING', 'SCHEDULED') and not ${isHeld("run", sql`r.id::text`)}
  and not exists (select 1 from logged_models m where m.source_run_id = r.id and ${isHeld("logged_model", sql`m.id`)})`;

export type DeletedRuns = { purgeable: number; kept: number; /** The moment that it was counted at, in ISO to the microsecond. */ asOf: string };

/** Of what is deleted now, or was by `asOf`. */
export async function countDeletedRuns(db: Pick<Tx, "execute">, projectId: string, asOf: string | null): Promise<DeletedRuns> {
  const result = await db.execute<DeletedRuns>(sql`
    with moment as (select coalesce(${asOf}::timestamptz, clock_timestamp()) as at)
    select (select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from moment) as "asOf",
      count(*) filter (where ${mayGo}) as purgeable, count(*) filter (where not (${mayGo})) as kept
    from runs r join experiments e on e.id = r.experiment_id where r.project_id = ${projectId} and ${isDeletedBy(sql`(select at from moment)`)}`);
  const [row] = result.rows;
  return { purgeable: Number(row?.purgeable ?? 0), kept: Number(row?.kept ?? 0), asOf: row?.asOf ?? "" };
}

type Doomed = { id: string; artifact_uri: string };

/** The next deleted runs, locked: a restore that is on its way has ended by then, and keeps its run. */
async function lockDeleted(tx: Tx, projectId: string, asOf: string, limit: number): Promise<Doomed[]> {
  const result = await tx.execute<Doomed>(sql`
    select r.id, r.artifact_uri from runs r join experiments e on e.id = r.experiment_id
    where r.project_id = ${projectId} and ${isDeletedBy(sql`${asOf}::timestamptz`)} and ${mayGo} order by r.id limit ${limit} for update of r, e`);
  return result.rows;
}

async function deletePaths(tx: Tx, projectId: string, uris: readonly string[]): Promise<{ artifacts: number; artifactBytes: number }> {
  const gone = { artifacts: 0, artifactBytes: 0 };
  for (const uri of uris) {
    const path = pathOfArtifactUri(uri)?.replace(/\/+$/, "");
    if (!path) continue;
    const sized = await tx.execute<{ bytes: number }>(sql`select coalesce(sum(size), 0) as bytes from artifacts where project_id = ${projectId} and path >= ${`${path}/`} and path < ${`${path}0`}`);
    gone.artifactBytes += Number(sized.rows[0]?.bytes ?? 0);
    gone.artifacts += await deleteArtifactRows(tx, projectId, path);
  }
  return gone;
}

/** Bytes of points as they lie in their rows, pyramids with them. */
async function measurePoints(tx: Tx, list: SQL): Promise<{ points: number; metricBytes: number }> {
  const result = await tx.execute<{ points: number; bytes: number }>(sql`
    select (select coalesce(sum(count), 0) from metric_summaries where run_id = any(${list})) as points,
      (select coalesce(sum(pg_column_size(c.*)), 0) from metric_chunks c where run_id = any(${list})) + (select coalesce(sum(pg_column_size(b.*)), 0) from metric_batches b where run_id = any(${list})) as bytes`);
  return { points: Number(result.rows[0]?.points ?? 0), metricBytes: Number(result.rows[0]?.bytes ?? 0) };
}

/** At most `limit` runs that were deleted by `asOf`, whole or not at all. */
export async function purgeDeletedRows(tx: Tx, projectId: string, asOf: string, limit: number): Promise<Purged> {
  const doomed = await lockDeleted(tx, projectId, asOf, limit);
  if (doomed.length === 0) return { runs: 0, points: 0, artifacts: 0, metricBytes: 0, artifactBytes: 0 };
  const list = sql`${sql.param(doomed.map(({ id }) => id))}::uuid[]`;
  const texts = sql`${sql.param(doomed.map(({ id }) => id))}::text[]`;
  const models = await tx.execute<{ artifact_uri: string }>(sql`delete from logged_models where source_run_id = any(${list}) returning artifact_uri`);
  const measured = await measurePoints(tx, list);
  const paths = await deletePaths(tx, projectId, [...doomed, ...models.rows].map(({ artifact_uri }) => artifact_uri));
  await tx.execute(sql`delete from links where project_id = ${projectId} and ((from_kind = 'run' and from_id = any(${texts})) or (to_kind = 'run' and to_id = any(${texts})))`);
  await tx.execute(sql`delete from search_entries where project_id = ${projectId} and kind = 'run' and object_id = any(${texts})`);
  await tx.execute(sql`delete from runs where id = any(${list})`);
  return { runs: doomed.length, ...measured, ...paths };
}
