import { and, desc, eq, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/identity";
import { reports } from "@/drizzle/schema/reports";
import type { Db, Tx } from "@/server/platform/db";
import type { ReportBlock, ReportSummary } from "../../contract/report";

const listedAtMost = 500;

/** As they are called now, or were when they made it. */
const makerName = sql<string>`coalesce(${users.name}, ${reports.ownerName})`;

export type ReportRow = Omit<typeof reports.$inferSelect, "blocks"> & { blocks: ReportBlock[] };

export async function listReportRows(db: Db, projectId: string): Promise<ReportSummary[]> {
  return db
    .select({ id: reports.id, name: reports.name, ownerName: makerName, blocks: sql<number>`jsonb_array_length(${reports.blocks})`, createdAt: reports.createdAt, updatedAt: reports.updatedAt })
    .from(reports)
    .leftJoin(users, eq(users.id, reports.ownerId))
    .where(eq(reports.projectId, projectId))
    .orderBy(desc(reports.updatedAt), desc(reports.id))
    .limit(listedAtMost);
}

export async function findReport(db: Db, projectId: string, reportId: string): Promise<ReportRow | null> {
  const [row] = await db.select({ report: reports, ownerName: makerName }).from(reports).leftJoin(users, eq(users.id, reports.ownerId)).where(and(eq(reports.projectId, projectId), eq(reports.id, reportId)));
  return row ? { ...row.report, blocks: row.report.blocks as ReportBlock[], ownerName: row.ownerName } : null;
}

export async function insertReport(tx: Tx, values: { id: string; projectId: string; name: string; blocks: ReportBlock[]; ownerId: string | null; ownerName: string }): Promise<void> {
  await tx.insert(reports).values(values);
}

/** False where it was changed since that revision. */
export async function updateReportRow(tx: Tx, report: { id: string; revision: number }, change: { name?: string; blocks?: ReportBlock[] }): Promise<boolean> {
  const changed = await tx
    .update(reports)
    .set({ ...change, revision: report.revision + 1, updatedAt: sql`now()` })
    .where(and(eq(reports.id, report.id), eq(reports.revision, report.revision)))
    .returning({ id: reports.id });
  return changed.length > 0;
}

export async function deleteReportRow(tx: Tx, reportId: string): Promise<void> {
  await tx.delete(reports).where(eq(reports.id, reportId));
}
