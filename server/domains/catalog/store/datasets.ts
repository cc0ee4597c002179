import { and, asc, desc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import type { Db } from "@/server/platform/db";
import { holdsWords } from "@/server/platform/search";

const mostChoices = 2_000;

/** Of one name, those that stay come before temporary ones: what was built to be thrown away does not stand in for it. */
export const preferredFirst = [asc(sql`(${datasets.temporarySince} is not null)`), desc(datasets.version)];

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
