/** What was done in a project between two moments of the server's clock, from its audit. */
import { and, desc, eq, gte, like, lte, notInArray, or } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema/platform";
import type { Db } from "@/server/platform/db";
import type { ChangeView } from "../contract/alert";

/** What can change an endpoint's traffic, its answers or how they are judged; runs, jobs and evaluations can't. */
const upstream = ["catalog.%", "models.%", "monitoring.applyMonitor", "monitoring.resetMonitor", "monitoring.%Replay"];
/** Done all the time by a stream itself, or without an effect on what answers. */
const routine = ["catalog.materializeOnline", "catalog.advanceOnline", "catalog.pushRows", "catalog.checkSkew", "models.judgeVersion", "models.registerVersion"];

export async function listChangesBetween(db: Db, projectId: string, from: Date, to: Date, limit: number): Promise<ChangeView[]> {
  const rows = await db
    .select({ at: auditLog.at, what: auditLog.action, who: auditLog.actorName, kind: auditLog.subjectKind, subject: auditLog.subjectName, subjectId: auditLog.subjectId })
    .from(auditLog)
    .where(and(eq(auditLog.projectId, projectId), gte(auditLog.at, from), lte(auditLog.at, to), or(...upstream.map((pattern) => like(auditLog.action, pattern))), notInArray(auditLog.action, routine)))
    .orderBy(desc(auditLog.id))
    .limit(limit);
  return rows.map(({ at, what, who, kind, subject, subjectId }) => ({ at, what, who, kind: kind ?? "", subject: subject ?? subjectId ?? "" }));
}
