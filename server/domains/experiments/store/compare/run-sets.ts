import { and, eq, sql } from "drizzle-orm";
import { runSets } from "@/drizzle/schema/comparisons";
import type { Db, Tx } from "@/server/platform/db";

/** The same set is the same row, which is new again. Keeping in one project follows each other, or two sweeps could wait in a ring. */
export async function insertRunSet(tx: Tx, projectId: string, id: string, runIds: string[]): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`run sets ${projectId}`}, 0))`);
  const again = { target: [runSets.projectId, runSets.id], set: { createdAt: sql`now()` } };
  await tx.insert(runSets).values({ projectId, id, runIds }).onConflictDoUpdate(again);
}

/** Lets go of the oldest beyond `kept`, but of none that a report shows. */
export async function sweepRunSets(tx: Tx, projectId: string, kept: number): Promise<void> {
  await tx.execute(sql`
    delete from run_sets s using (select id from run_sets where project_id = ${projectId} order by created_at desc, id offset ${kept}) old
    where s.project_id = ${projectId} and s.id = old.id
      and not exists (select 1 from reports r where r.project_id = ${projectId} and r.blocks::text like '%set=' || s.id || '%')`);
}

export async function findRunSet(db: Db, projectId: string, id: string): Promise<string[] | null> {
  const [row] = await db.select({ runIds: runSets.runIds }).from(runSets).where(and(eq(runSets.projectId, projectId), eq(runSets.id, id)));
  return row?.runIds ?? null;
}
