/** Reading the audit: newest first, filtered, in keyset pages; and verifying its chain. */
import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import { query } from "../mutation";
import { verifyAudit } from "./seal";

const ListAuditInput = z.object({
  /** The last id of the page before. */
  cursor: z.uuid().nullish().default(null),
  action: z.string().max(100).nullable().default(null),
  subjectKind: z.string().max(60).nullable().default(null),
  subjectId: z.string().max(100).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});

export const listAudit = query("audit.listAudit", "viewer", ListAuditInput, async ({ db, ctx, input }) => {
  const filters = [eq(auditLog.projectId, ctx.project.id)];
  if (input.cursor) filters.push(lt(auditLog.id, input.cursor));
  if (input.action) filters.push(eq(auditLog.action, input.action));
  if (input.subjectKind) filters.push(eq(auditLog.subjectKind, input.subjectKind));
  if (input.subjectId) filters.push(eq(auditLog.subjectId, input.subjectId));
  const rows = await db
    .select({
      id: auditLog.id, at: auditLog.at, actorKind: auditLog.actorKind, actorName: auditLog.actorName, action: auditLog.action,
      subjectKind: auditLog.subjectKind, subjectId: auditLog.subjectId, subjectName: auditLog.subjectName,
      details: auditLog.details, requestId: auditLog.requestId, seq: auditLog.seq, hash: auditLog.hash,
    })
    .from(auditLog)
    .where(and(...filters))
    .orderBy(desc(auditLog.id))
    .limit(input.limit + 1);
  const rowsOfPage = rows.slice(0, input.limit);
  return { rows: rowsOfPage, next: rows.length > input.limit ? (rowsOfPage.at(-1)?.id ?? null) : null };
});

export const verifyAuditChain = query("audit.verifyAuditChain", "maintainer", z.object({}), async ({ db, ctx }) =>
  verifyAudit(db, ctx.project.id),
);
