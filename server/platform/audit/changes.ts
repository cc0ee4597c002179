/** What changed, newest first, told for reading: no parts of a launch, and all that a sweep launched as one. */
import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import type { Db } from "../db";
import { query } from "../mutation";
import { subjectName, subjectPath } from "./named";

const pageRows = 200;
/** So far back and no further: a sweep of thousands is not read to its start for a dozen lines. */
const mostPages = 8;

async function readPage(db: Db, projectId: string, before: string | null) {
  return db
    .select({
      id: auditLog.id, at: auditLog.at, actorKind: auditLog.actorKind, actorId: auditLog.actorId, actorName: auditLog.actorName, action: auditLog.action,
      subjectKind: auditLog.subjectKind, subjectId: auditLog.subjectId, subjectName, details: auditLog.details, requestId: auditLog.requestId,
    })
    .from(auditLog)
    .where(and(eq(auditLog.projectId, projectId), before ? lt(auditLog.id, before) : undefined))
    .orderBy(desc(auditLog.id))
    .limit(pageRows);
}

/** Only of what is told: most rows read join a sweep, and each path is a look-up or two. */
async function readPaths(db: Db, projectId: string, ids: string[]): Promise<Map<string, string | null>> {
  const rows = await db
    .select({ id: auditLog.id, path: subjectPath })
    .from(auditLog)
    .where(and(eq(auditLog.projectId, projectId), inArray(auditLog.id, ids)));
  return new Map(rows.map(({ id, path }) => [id, path]));
}

type Row = Awaited<ReturnType<typeof readPage>>[number];
type Told = Omit<Row, "requestId"> & { trials: number };
/** `trials`: how many of them stand behind an entry of a sweep; of a sweep that began before what was read, at least so many. */
export type ChangeEntry = Told & { path: string | null; isCutOff: boolean };

const partsOf: Record<string, readonly string[]> = {
  "experiments.launchTrial": ["experiments.launchRun", "compute.submitJob"],
};

/** Rows come newest first, so what a request did is met before its parts: those are written before the whole. */
class Telling {
  readonly entries: Told[] = [];
  private readonly whole = new Map<string, string>();
  private readonly sweeps = new Map<string, Told>();

  private isPart({ action, requestId }: Row): boolean {
    const of = this.whole.get(requestId);
    return of !== undefined && (action === "compute.submitJob" || (partsOf[of]?.includes(action) ?? false));
  }

  /** Whether the row only adds to a sweep that is told already; its launch then stands for all, as of the newest. */
  private joins(row: Row): boolean {
    const known = this.sweeps.get(row.subjectId ?? "");
    if (!known || !["experiments.launchTrial", "experiments.launchSweep"].includes(row.action)) return false;
    if (row.action === "experiments.launchTrial") known.trials += 1;
    else {
      const { requestId: _, id: __, at: ___, ...launch } = row;
      Object.assign(known, launch);
    }
    return true;
  }

  add(row: Row): void {
    if (this.isPart(row)) return;
    if (row.action !== "compute.submitJob") this.whole.set(row.requestId, row.action);
    if (this.joins(row)) return;
    const { requestId: _, ...told } = row;
    const entry = { ...told, trials: row.action === "experiments.launchTrial" ? 1 : 0 };
    if (entry.trials > 0) this.sweeps.set(row.subjectId ?? "", entry);
    this.entries.push(entry);
  }
}

export const listChanges = query("audit.listChanges", "viewer", z.object({ limit: z.number().int().min(1).max(100).default(50) }), async ({ db, ctx, input }): Promise<ChangeEntry[]> => {
  const telling = new Telling();
  let before: string | null = null;
  let isAll = false;
  for (let page = 0; page < mostPages && telling.entries.length < input.limit; page += 1) {
    const rows: Row[] = await readPage(db, ctx.project.id, before);
    for (const row of rows) telling.add(row);
    before = rows.at(-1)?.id ?? null;
    isAll = rows.length < pageRows;
    if (isAll) break;
  }
  const told = telling.entries.slice(0, input.limit);
  const paths = await readPaths(db, ctx.project.id, told.map(({ id }) => id));
  return told.map((entry) => ({ ...entry, path: paths.get(entry.id) ?? null, isCutOff: !isAll && entry.action === "experiments.launchTrial" }));
});
