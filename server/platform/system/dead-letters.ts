/** Background work that failed for good: shown with its error, to be tried again or dropped. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { NotFound } from "../errors";
import { mutation, query } from "../mutation";

export type DeadLetter = { id: string; task: string; attempts: number; error: string; failedAt: Date };

/** A payload names its project; work of no project is the installation's, shown to instance admins only. */
const ofProject = (projectId: string, isAdmin: boolean) =>
  isAdmin
    ? sql`true`
    : sql`exists (select 1 from graphile_worker._private_jobs p where p.id = j.id and p.payload->>'projectId' = ${projectId})`;

export const listDeadLetters = query(
  "system.listDeadLetters",
  "maintainer",
  z.object({}),
  async ({ db, ctx }): Promise<DeadLetter[]> => {
    const result = await db.execute<{ id: string; task: string; attempts: number; error: string | null; at: Date }>(sql`
    select j.id, j.task_identifier as task, j.attempts, j.last_error as error, j.updated_at as at from graphile_worker.jobs j
    where j.attempts >= j.max_attempts and ${ofProject(ctx.project.id, ctx.actor.isAdmin)} order by j.updated_at desc limit 200`);
    return result.rows.map((row) => ({
      id: String(row.id),
      task: row.task,
      attempts: row.attempts,
      error: (row.error ?? "").slice(0, 2_000),
      failedAt: new Date(row.at),
    }));
  },
);

export const retryDeadLetter = mutation(
  "system.retryDeadLetter",
  "maintainer",
  z.object({ id: z.string().regex(/^\d{1,18}$/) }),
  async ({ tx, ctx, input, subject }) => {
    const found = await tx.execute<{ task: string }>(sql`
    select j.task_identifier as task from graphile_worker.jobs j
    where j.id = ${input.id}::bigint and j.attempts >= j.max_attempts and ${ofProject(ctx.project.id, ctx.actor.isAdmin)}`);
    const [row] = found.rows;
    if (!row) throw new NotFound("There is no failed work like that.");
    await tx.execute(
      sql`select graphile_worker.reschedule_jobs(array[${input.id}::bigint], run_at => now(), attempts => 0)`,
    );
    subject({ kind: "background job", id: input.id, name: row.task });
    return {};
  },
);
