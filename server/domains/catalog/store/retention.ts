/** What keeps a dataset's content, and what takes it away: the locks decide between a hold and a purge. */
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import { projects } from "@/drizzle/schema/identity";
import { links } from "@/drizzle/schema/platform";
import type { Db, Tx } from "@/server/platform/db";
import type { DatasetRow } from "./datasets";

/** The row's lock, which purging waits for, lasts until a link to it is committed; false of one that is gone or was purged. */
export async function lockKeptDataset(tx: Tx, projectId: string, datasetId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: datasets.id })
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId), isNull(datasets.purgedAt)))
    .for("key share");
  return row !== undefined;
}

/** A list of values or a query: ids, as text. */
export type HolderIds = SQL;

/** Links that gave up their hold of what still has its content hold it again. */
export async function restoreHolds(tx: Tx, projectId: string, fromKind: string, holders: HolderIds, relation: string): Promise<void> {
  const released = sql`${links.projectId} = ${projectId} and ${links.fromKind} = ${fromKind} and ${links.fromId} in (${holders})
    and ${links.relation} = ${relation} and ${links.toKind} = 'dataset' and not ${links.hold}`;
  await tx.execute(sql`
    with there as materialized (
      select ${datasets.id} from ${datasets}
      where ${datasets.projectId} = ${projectId} and ${datasets.purgedAt} is null and ${datasets.id}::text in (select ${links.toId} from ${links} where ${released})
      for key share
    )
    update ${links} set hold = true where ${released} and ${links.toId} in (select id::text from there)`);
}

const isDue = (days: number) => sql`${datasets.temporarySince} < now() - make_interval(secs => ${days * 86_400})`;

/** Past their days and held by nothing, of every project; `after` passes over those that were refused. */
export async function listDueDatasets(db: Db, days: number, after: string, limit: number) {
  return db
    .select({ id: datasets.id, project: { id: projects.id, slug: projects.slug, name: projects.name } })
    .from(datasets)
    .innerJoin(projects, eq(projects.id, datasets.projectId))
    .where(
      and(
        isDue(days),
        isNull(datasets.purgedAt),
        sql`${datasets.id} > ${after}`,
        sql`not exists (select 1 from links l where l.project_id = ${datasets.projectId} and l.to_kind = 'dataset' and l.to_id = ${datasets.id}::text and l.hold)`,
      ),
    )
    .orderBy(datasets.id)
    .limit(limit);
}

/** Null of one that was built anew since it was listed, or is purged. */
export async function lockDueDataset(tx: Tx, projectId: string, datasetId: string, days: number): Promise<DatasetRow | null> {
  const [row] = await tx
    .select()
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId), isNull(datasets.purgedAt), isDue(days)))
    .for("update");
  return row ?? null;
}

export async function markPurged(tx: Tx, projectId: string, datasetId: string): Promise<void> {
  await tx.update(datasets).set({ purgedAt: sql`now()` }).where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId)));
}
