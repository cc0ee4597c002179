/** What deleted runs, and runs of deleted experiments, still hold of the catalog. */
import { type SQL, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import { links } from "@/drizzle/schema/platform";
import type { Db } from "@/server/platform/db";
import { listedIds } from "./table/change-runs";

export const readsRelation = "reads";

/** Runs as links name them: their ids as text, to be used inside another query. */
export const holdersAmong = (runIds: readonly string[]): SQL => sql`select id::text from (${listedIds(runIds)}) l(id)`;
export const holdersIn = (experimentId: string): SQL => sql`select ${runs.id}::text from ${runs} where ${runs.experimentId} = ${experimentId}`;

/**
 * The links stay as lineage; only the hold goes, of what was deleted so many days ago. The rows' locks wait for a
 * restore that is on its way, and look again once it has ended.
 */
export async function releaseDatasetsOfDeletedRuns(db: Db, days: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    with gone as (
      select r.project_id, r.id::text as id from runs r join experiments e on e.id = r.experiment_id
      where least(r.deleted_at, e.deleted_at) < now() - make_interval(secs => ${days * 86_400}) and exists (
        select 1 from links l where l.project_id = r.project_id and l.from_kind = 'run' and l.from_id = r.id::text and l.to_kind = 'dataset' and l.hold
      )
      for no key update of r, e
    )
    update ${links} set hold = false from gone
    where ${links.hold} and ${links.projectId} = gone.project_id and ${links.fromKind} = 'run' and ${links.fromId} = gone.id and ${links.toKind} = 'dataset'`);
  return rowCount ?? 0;
}
