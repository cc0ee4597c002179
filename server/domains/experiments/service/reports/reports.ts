/** Reports are the project's to read; their makers and maintainers change them. */
import { hasRole, type ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Conflict, Forbidden, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation, query } from "@/server/platform/mutation";
import { CreateReportInput, ListReportsInput, ReportRef, type ReportSummary, type ReportView, UpdateReportInput } from "../../contract/report";
import { deleteReportRow, findReport, insertReport, listReportRows, type ReportRow, updateReportRow } from "../../store/reports/reports";

const reportsTopic = "reports";

const mayChange = (ctx: ProjectContext, row: ReportRow) => (row.ownerId !== null && row.ownerId === ctx.actor.userId && hasRole(ctx.role, "member")) || hasRole(ctx.role, "maintainer");

async function requireReport(db: Db, ctx: ProjectContext, reportId: string): Promise<ReportRow> {
  const row = await findReport(db, ctx.project.id, reportId);
  if (!row) throw new NotFound("There is no such report.");
  return row;
}

async function requireChangeable(db: Db, ctx: ProjectContext, reportId: string): Promise<ReportRow> {
  const row = await requireReport(db, ctx, reportId);
  if (mayChange(ctx, row)) return row;
  throw new Forbidden(`“${row.name}” is ${row.ownerName}’s: only they or a maintainer may change it.`, { next: "Make a report of your own." });
}

function viewOf(ctx: ProjectContext, row: ReportRow): ReportView {
  const { id, name, ownerName, blocks, revision, createdAt, updatedAt } = row;
  return { id, name, ownerName, blocks, revision, createdAt, updatedAt, mayChange: mayChange(ctx, row) };
}

export const listReports = query("experiments.listReports", "viewer", ListReportsInput, ({ db, ctx }): Promise<ReportSummary[]> => listReportRows(db, ctx.project.id));

export const getReport = query("experiments.getReport", "viewer", ReportRef, async ({ db, ctx, input }): Promise<ReportView> => viewOf(ctx, await requireReport(db, ctx, input.reportId)));

export const createReport = mutation("experiments.createReport", "member", CreateReportInput, async ({ tx, ctx, input, subject, publish }): Promise<ReportView> => {
  const id = newId();
  await insertReport(tx, { id, projectId: ctx.project.id, ownerId: ctx.actor.userId, ownerName: ctx.actor.name, ...input });
  subject({ kind: "report", id, name: input.name });
  publish(reportsTopic);
  return viewOf(ctx, await requireReport(tx, ctx, id));
});

export const updateReport = mutation("experiments.updateReport", "member", UpdateReportInput, async ({ tx, ctx, input, subject, publish }): Promise<ReportView> => {
  const { reportId, revision, ...change } = input;
  const row = await requireChangeable(tx, ctx, reportId);
  if (!(await updateReportRow(tx, { id: row.id, revision }, change))) throw new Conflict(`“${row.name}” was changed by someone else since you opened it.`, { next: "Open it again, and make your change there." });
  subject({ kind: "report", id: row.id, name: change.name ?? row.name }, { blocks: (change.blocks ?? row.blocks).length });
  publish(reportsTopic);
  return viewOf(ctx, await requireReport(tx, ctx, row.id));
});

export const deleteReport = mutation("experiments.deleteReport", "member", ReportRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireChangeable(tx, ctx, input.reportId);
  await deleteReportRow(tx, row.id);
  subject({ kind: "report", id: row.id, name: row.name });
  publish(reportsTopic);
  return {};
});
