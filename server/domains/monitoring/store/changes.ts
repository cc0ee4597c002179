/** What was done in a project between two moments of the server's clock, from its audit. */
import { and, desc, eq, gte, lte, notLike } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema/platform";
import type { Db } from "@/server/platform/db";
import type { ChangeView } from "../contract/alert";

export async function listChangesBetween(db: Db, projectId: string, from: Date, to: Date, limit: number): Promise<ChangeView[]> {
  const rows = await db
    .select({ at: auditLog.at, what: auditLog.action, who: auditLog.actorName, kind: auditLog.subjectKind, subject: auditLog.subjectName, subjectId: auditLog.subjectId })
    .from(auditLog)
    // Who signed in or was invited changes no traffic.
    .where(and(eq(auditLog.projectId, projectId), gte(auditLog.at, from), lte(auditLog.at, to), notLike(auditLog.action, "identity.%")))
    .orderBy(desc(auditLog.id))
    .limit(limit);
  return rows.map(({ at, what, who, kind, subject, subjectId }) => ({ at, what, who, kind: kind ?? "", subject: subject ?? subjectId ?? "" }));
}
