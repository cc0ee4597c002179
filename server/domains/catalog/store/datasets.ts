import { and, asc, desc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import type { Db } from "@/server/platform/db";
import { holdsWords } from "@/server/platform/search";

export type DatasetRow = typeof datasets.$inferSelect;

const mostChoices = 2_000;

/** Of one name, those that stay come before temporary ones: what was built to be thrown away does not stand in for it. */
const preferredFirst = [asc(sql`(${datasets.temporarySince} is not null)`), desc(datasets.version)];

export async function findDataset(db: Db, projectId: string, datasetId: string): Promise<DatasetRow | null> {
  const [row] = await db.select().from(datasets).where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId)));
  return row ?? null;
}

/** The preferred one of those that have their content; a purged one where none has. */
export async function findPreferredDataset(db: Db, projectId: string, name: string): Promise<DatasetRow | null> {
  const [row] = await db
    .select()
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.name, name)))
    .orderBy(sql`${datasets.purgedAt} is not null`, ...preferredFirst)
    .limit(1);
  return row ?? null;
}

/** `kept` leaves out those that were purged. */
type DatasetFilter = { name: string | null; content: "kept" | "all" };

function fits(projectId: string, { name, content }: DatasetFilter) {
  const wanted = [eq(datasets.projectId, projectId)];
  if (name) wanted.push(eq(datasets.name, name));
  if (content === "kept") wanted.push(isNull(datasets.purgedAt));
  return wanted;
}

/** Newest first; `cursor` is the last id of the page before. */
export async function selectDatasets(db: Db, projectId: string, filter: DatasetFilter & { cursor?: string; limit: number }): Promise<DatasetRow[]> {
  const after = filter.cursor ? [lt(datasets.id, filter.cursor)] : [];
  return db.select().from(datasets).where(and(...fits(projectId, filter), ...after)).orderBy(desc(datasets.id)).limit(filter.limit);
}

export async function countDatasets(db: Db, projectId: string, filter: DatasetFilter): Promise<number> {
  return db.$count(datasets, and(...fits(projectId, filter)));
}

/** The first versions of every name that still have their content, or all that hold the words; and those that are named. */
export async function selectKeptDatasets(db: Db, projectId: string, { versionsOfEach, find, also }: { versionsOfEach: number; find: string; also: readonly string[] }) {
  const { id, name, version, rows, splits, temporarySince } = datasets;
  const place = sql<number>`row_number() over (partition by ${name} order by ${sql.join(preferredFirst, sql`, `)})`.as("place");
  const placed = db.select({ id, name, version, rows, splits, temporarySince, place }).from(datasets).where(and(eq(datasets.projectId, projectId), isNull(datasets.purgedAt))).as("placed");
  return db
    .select({ id: placed.id, name: placed.name, version: placed.version, rows: placed.rows, splits: placed.splits, temporarySince: placed.temporarySince })
    .from(placed)
    .where(or(find.trim() ? holdsWords(sql`(${placed.name} || ' v' || ${placed.version})`, find) : lte(placed.place, versionsOfEach), inArray(placed.id, [...also])))
    .orderBy(sql`(${placed.temporarySince} is not null)`, desc(placed.id))
    .limit(mostChoices);
}
