/** Many runs changed at once: each change is one statement over all of them. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/server/platform/db";
import type { KeyValue } from "../../contract/run";
import { numbersOf } from "../field-keys";

export type PickedRun = { id: string; name: string; experimentId: string; experimentName: string; isActive: boolean };

/** Locked in the order of their ids, so that two changes of the same runs follow each other. */
export async function lockRuns(tx: Tx, projectId: string, ids: SQL): Promise<PickedRun[]> {
  const result = await tx.execute<PickedRun>(sql`
    select r.id, r.name, r.experiment_id as "experimentId", e.name as "experimentName", r.lifecycle_stage = 'active' as "isActive"
    from runs r join experiments e on e.id = r.experiment_id where r.project_id = ${projectId} and r.id in (${ids}) order by r.id for update of r`);
  return result.rows;
}

export const listedIds = (ids: readonly string[]): SQL => sql`select unnest(${sql.param(ids)}::uuid[])`;

export async function moveRuns(tx: Tx, ids: readonly string[], to: "active" | "deleted"): Promise<void> {
  await tx.execute(sql`
    update runs set lifecycle_stage = ${to}, deleted_at = ${to === "deleted" ? sql`now()` : sql`null`}, updated_at = now()
    where id = any(${sql.param(ids)}::uuid[])`);
}

export async function removeRunEntries(tx: Tx, projectId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`delete from search_entries where project_id = ${projectId} and kind = 'run' and object_id = any(${sql.param(ids)}::text[])`);
}

export async function putRunEntries(tx: Tx, projectId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into search_entries (project_id, kind, object_id, title, detail, path)
    select r.project_id, 'run', r.id::text, r.name, e.name, '/experiments/runs/' || replace(r.id::text, '-', '')
    from runs r join experiments e on e.id = r.experiment_id where r.project_id = ${projectId} and r.id = any(${sql.param(ids)}::uuid[])
    on conflict (project_id, kind, object_id) do update set title = excluded.title, detail = excluded.detail, path = excluded.path, updated_at = now()`);
}

/** The same tags on runs of one experiment; one of that name is overwritten. */
export async function tagRunRows(tx: Tx, experimentId: string, ids: readonly string[], tags: readonly KeyValue[]): Promise<void> {
  const numbers = await numbersOf(tx, experimentId, "tag", tags.map(({ key }) => key));
  await tx.execute(sql`
    insert into run_tags (run_id, key_id, value)
    select r.id, n.key_id, n.value from unnest(${sql.param(ids)}::uuid[]) r(id)
    cross join unnest(${sql.param(numbers)}::int[], ${sql.param(tags.map(({ value }) => value))}::text[]) n(key_id, value)
    on conflict (run_id, key_id) do update set value = excluded.value`);
}
