import { and, desc, eq, sql } from "drizzle-orm";
import { suites } from "@/drizzle/schema/evaluations";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { SuiteDefinition } from "../contract/suite";

export type SuiteRow = Omit<typeof suites.$inferSelect, "definition"> & { definition: SuiteDefinition };
export type AppliedSuite = { row: SuiteRow; change: "created" | "changed" | "unchanged" };

/** The database gives back what this domain wrote, in the shape in which it was parsed. */
export const suiteRow = (row: typeof suites.$inferSelect): SuiteRow => ({
  ...row,
  definition: row.definition as SuiteDefinition,
});

export async function findSuite(
  db: Db,
  projectId: string,
  name: string,
  version: number | null,
): Promise<SuiteRow | null> {
  const wanted = version === null ? eq(suites.isCurrent, true) : eq(suites.version, version);
  const [row] = await db
    .select()
    .from(suites)
    .where(and(eq(suites.projectId, projectId), eq(suites.name, name), wanted));
  return row ? suiteRow(row) : null;
}

export async function findSuiteById(db: Db, projectId: string, id: string): Promise<SuiteRow | null> {
  const [row] = await db
    .select()
    .from(suites)
    .where(and(eq(suites.projectId, projectId), eq(suites.id, id)));
  return row ? suiteRow(row) : null;
}

/** Content that was there before gets its old version back and makes it current; versions are gapless under the lock. */
export async function putSuite(
  tx: Tx,
  projectId: string,
  made: { definition: SuiteDefinition; contentSha256: string; appliedBy: string },
): Promise<AppliedSuite> {
  const { name } = made.definition;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`suite ${projectId} ${name}`}, 0))`);
  const versions = await listVersions(tx, projectId, name);
  const known = versions.find((row) => row.contentSha256 === made.contentSha256);
  if (known?.isCurrent) return { row: known, change: "unchanged" };
  await tx
    .update(suites)
    .set({ isCurrent: false })
    .where(and(eq(suites.projectId, projectId), eq(suites.name, name), eq(suites.isCurrent, true)));
  const version = (versions[0]?.version ?? 0) + 1;
  const [row] = known
    ? await tx.update(suites).set({ isCurrent: true }).where(eq(suites.id, known.id)).returning()
    : await tx
        .insert(suites)
        .values({ id: newId(), projectId, name, version, isCurrent: true, ...made })
        .returning();
  if (!row) throw new Error("the suite was not written");
  return { row: suiteRow(row), change: version === 1 ? "created" : "changed" };
}

/** Newest first. */
export async function listVersions(db: Db, projectId: string, name: string): Promise<SuiteRow[]> {
  const rows = await db
    .select()
    .from(suites)
    .where(and(eq(suites.projectId, projectId), eq(suites.name, name)))
    .orderBy(desc(suites.version))
    .limit(1_000);
  return rows.map(suiteRow);
}

export async function listCurrentSuites(db: Db, projectId: string): Promise<SuiteRow[]> {
  const rows = await db
    .select()
    .from(suites)
    .where(and(eq(suites.projectId, projectId), eq(suites.isCurrent, true)))
    .orderBy(suites.name)
    .limit(500);
  return rows.map(suiteRow);
}
