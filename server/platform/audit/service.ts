/** Reading the audit: newest first, filtered, in keyset pages; and verifying its chain. */
import { and, desc, eq, ilike, lt, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import { csvLine } from "../csv/rules/to-csv";
import type { Db } from "../db";
import { query } from "../mutation";
import { subjectName } from "./named";
import { verifyAudit } from "./seal";

const ListAuditInput = z.object({
  /** The last id of the page before. */
  cursor: z.uuid().nullish().default(null),
  /** One entry by itself. */
  id: z.uuid().nullable().default(null),
  actor: z.string().max(200).nullable().default(null),
  action: z.string().max(100).nullable().default(null),
  subjectKind: z.string().max(60).nullable().default(null),
  subjectId: z.string().max(100).nullable().default(null),
  /** A part of the subject's name, kind or id. */
  subject: z.string().max(100).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});

/** The filter alone: a file has no pages. */
const ExportAuditInput = ListAuditInput.omit({ cursor: true, id: true, limit: true });

type AuditFilter = z.infer<typeof ExportAuditInput> & { cursor?: string | null; id?: string | null };

function filtersOf(projectId: string, input: AuditFilter): (SQL | undefined)[] {
  const part = `%${input.subject?.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    eq(auditLog.projectId, projectId),
    input.cursor ? lt(auditLog.id, input.cursor) : undefined,
    input.id ? eq(auditLog.id, input.id) : undefined,
    input.actor ? eq(auditLog.actorName, input.actor) : undefined,
    input.action ? eq(auditLog.action, input.action) : undefined,
    input.subjectKind ? eq(auditLog.subjectKind, input.subjectKind) : undefined,
    input.subjectId ? eq(auditLog.subjectId, input.subjectId) : undefined,
    input.subject ? or(ilike(subjectName, part), ilike(auditLog.subjectKind, part), ilike(auditLog.subjectId, part)) : undefined,
  ];
}

const recentForChoices = 5_000;

/** Who and what there is to filter by, among the latest entries: walking all of a large log would cost seconds. */
async function choicesOf(db: Db, projectId: string) {
  const recent = db
    .select({ actor: auditLog.actorName, action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.projectId, projectId))
    .orderBy(desc(auditLog.id))
    .limit(recentForChoices)
    .as("recent");
  const pairs = await db.selectDistinct({ actor: recent.actor, action: recent.action }).from(recent);
  const sorted = (names: string[]) => [...new Set(names)].sort();
  return { actors: sorted(pairs.map((pair) => pair.actor)), actions: sorted(pairs.map((pair) => pair.action)) };
}

async function selectRows(db: Db, projectId: string, filter: AuditFilter, limit: number) {
  return db
    .select({
      id: auditLog.id, at: auditLog.at, actorKind: auditLog.actorKind, actorName: auditLog.actorName, action: auditLog.action,
      subjectKind: auditLog.subjectKind, subjectId: auditLog.subjectId, subjectName,
      details: auditLog.details, requestId: auditLog.requestId, seq: auditLog.seq, hash: auditLog.hash,
    })
    .from(auditLog)
    .where(and(...filtersOf(projectId, filter)))
    .orderBy(desc(auditLog.id))
    .limit(limit);
}

const exportPage = 1_000;
const exportHeader = ["id", "at", "actor", "actor kind", "action", "subject kind", "subject", "subject id", "details", "request", "seq", "hash"];

/** A page at a time, read only as fast as the caller takes it. Pages go by id, so that rows written meanwhile move nothing. */
async function* csvOf(db: Db, projectId: string, filter: AuditFilter): AsyncGenerator<string> {
  yield csvLine(exportHeader);
  for (let cursor: string | null = null; ; ) {
    const rows: Awaited<ReturnType<typeof selectRows>> = await selectRows(db, projectId, { ...filter, cursor }, exportPage);
    const lines = rows.map((row) => csvLine([
      row.id, row.at.toISOString(), row.actorName, row.actorKind, row.action, row.subjectKind, row.subjectName, row.subjectId, JSON.stringify(row.details), row.requestId, row.seq, row.hash,
    ]));
    if (lines.length > 0) yield lines.join("");
    cursor = rows.at(-1)?.id ?? null;
    if (rows.length < exportPage || cursor === null) return;
  }
}

/** Every entry that the filter lets through, newest first, as CSV. */
export const exportAudit = query("audit.exportAudit", "viewer", ExportAuditInput, async ({ db, ctx, input }) => csvOf(db, ctx.project.id, input));

/** The first page also says what there is to filter by. */
export const listAudit = query("audit.listAudit", "viewer", ListAuditInput, async ({ db, ctx, input }) => {
  const rows = await selectRows(db, ctx.project.id, input, input.limit + 1);
  const rowsOfPage = rows.slice(0, input.limit);
  return { rows: rowsOfPage, next: rows.length > input.limit ? (rowsOfPage.at(-1)?.id ?? null) : null, choices: input.cursor ? null : await choicesOf(db, ctx.project.id) };
});

export const verifyAuditChain = query("audit.verifyAuditChain", "maintainer", z.object({}), async ({ db, ctx }) =>
  verifyAudit(db, ctx.project.id),
);
