/** What deleted runs still hold of the catalog. */
import { sql } from "drizzle-orm";
import { links } from "@/drizzle/schema/platform";
import type { Db } from "@/server/platform/db";

export const readsRelation = "reads";

/** The links stay as lineage; only the hold goes, of runs that were deleted so many days ago and not restored. */
export async function releaseDatasetsOfDeletedRuns(db: Db, days: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update ${links} set hold = false
    where ${links.hold} and ${links.fromKind} = 'run' and ${links.toKind} = 'dataset' and exists (
      select 1 from runs r where r.project_id = ${links.projectId} and r.id::text = ${links.fromId}
        and r.deleted_at < now() - make_interval(secs => ${days * 86_400})
    )`);
  return rowCount ?? 0;
}
