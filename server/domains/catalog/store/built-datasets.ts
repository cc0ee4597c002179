/** Datasets as a build finds and leaves them. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import type { Db, Tx } from "@/server/platform/db";
import type { DatasetRow } from "./datasets";

const ofInputs = (projectId: string, name: string, inputSha256: string) => and(eq(datasets.projectId, projectId), eq(datasets.name, name), eq(datasets.inputSha256, inputSha256));

/** The days of a temporary one count anew; asked for to stay, it stays. One that stays is never made temporary. */
const renewed = (temporary: boolean) => (temporary ? sql`case when temporary_since is null then null else now() end` : null);

type BuiltDataset = { id: string; version: number; rows: number; sha256: string };

/** What was built of these inputs and still has its content. An update, so that purging comes before it or finds it renewed. */
export async function renewBuilt(db: Db, projectId: string, name: string, inputSha256: string, temporary: boolean): Promise<BuiltDataset | null> {
  const [row] = await db
    .update(datasets)
    .set({ temporarySince: renewed(temporary) })
    .where(and(ofInputs(projectId, name, inputSha256), isNull(datasets.purgedAt)))
    .returning({ id: datasets.id, version: datasets.version, rows: datasets.rows, sha256: datasets.blobSha256 });
  return row ?? null;
}

type Identity = Pick<DatasetRow, "id" | "projectId" | "name" | "definition" | "inputSha256" | "sampleShare">;
type Content = Pick<DatasetRow, "blobSha256" | "rows" | "bytes" | "columns" | "splits" | "statistics" | "tookMs" | "createdBy">;

/** True: a new version. False: a purged one of the same inputs with its content again, or another build of them came first. One build of a name at a time: versions are its numbers. */
export async function putDataset(tx: Tx, made: Identity & Content & { temporary: boolean }): Promise<boolean> {
  const { id, projectId, name, definition, inputSha256, sampleShare, temporary, ...built } = made;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dataset ${projectId} ${name}`}, 0))`);
  const [last] = await tx.select({ version: datasets.version }).from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.name, name))).orderBy(desc(datasets.version)).limit(1);
  const content = { ...built, temporarySince: temporary ? sql`now()` : null, purgedAt: null };
  const [again] = await tx.update(datasets).set(content)
    .where(and(ofInputs(projectId, name, inputSha256), sql`${datasets.purgedAt} is not null`))
    .returning({ id: datasets.id });
  if (again) return false;
  const [row] = await tx
    .insert(datasets)
    .values({ ...content, id, projectId, name, version: (last?.version ?? 0) + 1, definition, inputSha256, sampleShare })
    .onConflictDoNothing()
    .returning({ id: datasets.id });
  return row !== undefined;
}
