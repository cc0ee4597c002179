/**
 * Long work on the server (a dataset build, a materialization, a comparison): a row whose state, stage and progress a
 * page can show. The worker runs it; a killed worker's operation is run again from its start, so handlers must be
 * repeatable.
 */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { operations } from "@/drizzle/schema/platform";
import { projects } from "@/drizzle/schema/identity";
import { type ProjectContext, systemContext } from "./context";
import { database, type Db } from "./db";
import { Conflict, NotFound, ServiceError } from "./errors";
import { newId } from "./ids";
import { publishLive } from "./live/publish";
import { logger } from "./log";
import { mutation, query, type Write } from "./mutation";
import { defineTask, enqueue } from "./outbox";

export const operationStates = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type OperationState = (typeof operationStates)[number];

export type OperationSubject = { kind: string; id: string; name: string };

export type OperationRun<P> = {
  ctx: ProjectContext;
  payload: P;
  /** Tells viewers where it is; throws when the operation was cancelled. `fraction` is 0…1, or null when unknown. */
  progress(stage: string, fraction: number | null): Promise<void>;
};

export type OperationDefinition<S extends z.ZodType = z.ZodType> = {
  readonly kind: string;
  readonly schema: S;
  readonly run: (run: OperationRun<z.output<S>>) => Promise<Record<string, unknown>>;
  /** Told once when it failed for good, so that the owner can mark its object. */
  readonly failed?: (run: OperationRun<z.output<S>>, message: string) => Promise<void>;
};

type Surroundings = Omit<OperationRun<unknown>, "payload">;

/** A definition with its payload's type closed over, so that all kinds fit in one map. */
type Runnable = {
  run(payload: unknown, around: Surroundings): Promise<Record<string, unknown>>;
  failed(payload: unknown, around: Surroundings, message: string): Promise<void>;
};

const registry = new Map<string, Runnable>();

export function defineOperation<S extends z.ZodType>(definition: OperationDefinition<S>): OperationDefinition<S> {
  registry.set(definition.kind, {
    run: async (payload, around) => definition.run({ ...around, payload: definition.schema.parse(payload) }),
    failed: async (payload, around, message) =>
      definition.failed?.({ ...around, payload: definition.schema.parse(payload) }, message),
  });
  return definition;
}

const OperationRef = z.object({ operationId: z.uuid() });

export const runOperation = defineTask("run-operation", OperationRef, ({ operationId }) => execute(operationId));

/** Queues an operation in the caller's transaction. */
export async function startOperation<S extends z.ZodType>(
  write: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">,
  definition: OperationDefinition<S>,
  subject: OperationSubject,
  payload: z.input<S>,
): Promise<{ operationId: string }> {
  const operationId = newId();
  await write.tx.insert(operations).values({
    id: operationId,
    projectId: write.ctx.project.id,
    kind: definition.kind,
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name,
    payload: definition.schema.parse(payload),
    state: "queued",
    requestedBy: write.ctx.actor.name,
  });
  await enqueue(write.tx, runOperation, { operationId }, { maxAttempts: 4 });
  write.publish("operations", `operation:${operationId}`);
  return { operationId };
}

async function claim(operationId: string) {
  const [row] = await database()
    .update(operations)
    .set({ state: "running", attempt: sql`${operations.attempt} + 1`, startedAt: sql`coalesce(started_at, now())`, heartbeatAt: sql`now()` })
    .where(and(eq(operations.id, operationId), inArray(operations.state, ["queued", "running"])))
    .returning();
  if (!row) return null;
  const [project] = await database().select().from(projects).where(eq(projects.id, row.projectId));
  return project ? { row, project } : null;
}

async function execute(operationId: string): Promise<void> {
  const claimed = await claim(operationId);
  if (!claimed) return;
  const { row, project } = claimed;
  const definition = registry.get(row.kind);
  if (!definition) throw new Error(`no operation of kind ${row.kind}`);
  const topics = ["operations", `operation:${operationId}`, `${row.subjectKind}:${row.subjectId}`];
  const around: Surroundings = {
    ctx: systemContext({ id: project.id, slug: project.slug, name: project.name }, row.kind),
    progress: async (stage, fraction) => {
      await note(operationId, stage, fraction);
      publishLive(project.id, topics);
    },
  };
  publishLive(project.id, topics);
  try {
    const result = await definition.run(row.payload, around);
    await settle(operationId, "succeeded", { result });
  } catch (error) {
    const message = describeError(error);
    logger.error({ err: error, operationId, kind: row.kind }, "an operation failed");
    await settle(operationId, "failed", { error: message });
    await definition.failed(row.payload, around, message);
  }
  publishLive(project.id, topics);
}

async function note(operationId: string, stage: string, fraction: number | null): Promise<void> {
  const updated = await database()
    .update(operations)
    .set({ stage, progress: fraction, heartbeatAt: sql`now()` })
    .where(and(eq(operations.id, operationId), eq(operations.state, "running")))
    .returning({ id: operations.id });
  if (updated.length === 0) throw new Conflict("The operation was cancelled.");
}

async function settle(operationId: string, state: OperationState, values: { result?: unknown; error?: string }): Promise<void> {
  await database()
    .update(operations)
    .set({ state, ...values, progress: state === "succeeded" ? 1 : undefined, finishedAt: sql`now()` })
    .where(and(eq(operations.id, operationId), eq(operations.state, "running")));
}

/** What a person may read of an error: ours as it is, others only by kind; the log has the rest. */
export function describeError(error: unknown): string {
  if (error instanceof ServiceError) return error.message;
  return "An unexpected error ended it; the server's log has the details.";
}

export type OperationView = {
  id: string; kind: string; subject: OperationSubject; state: OperationState; stage: string; progress: number | null;
  result: Record<string, unknown> | null; error: string | null; createdAt: Date; startedAt: Date | null; finishedAt: Date | null;
};

type OperationRow = typeof operations.$inferSelect;

function viewOf(row: OperationRow): OperationView {
  return {
    id: row.id, kind: row.kind, subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    state: row.state as OperationState, stage: row.stage, progress: row.progress,
    result: row.result as Record<string, unknown> | null, error: row.error,
    createdAt: row.createdAt, startedAt: row.startedAt, finishedAt: row.finishedAt,
  };
}

export const getOperation = query("operations.getOperation", "viewer", OperationRef, async ({ db, ctx, input }) => {
  const [row] = await db
    .select()
    .from(operations)
    .where(and(eq(operations.projectId, ctx.project.id), eq(operations.id, input.operationId)));
  if (!row) throw new NotFound(`There is no operation ${input.operationId}.`);
  return viewOf(row);
});

const OperationList = z.object({ limit: z.number().int().min(1).max(200).default(50), open: z.boolean().default(false) });

export const listOperations = query("operations.listOperations", "viewer", OperationList, async ({ db, ctx, input }) => {
  const open = input.open ? [inArray(operations.state, ["queued", "running"])] : [];
  const rows = await db
    .select()
    .from(operations)
    .where(and(eq(operations.projectId, ctx.project.id), ...open))
    .orderBy(desc(operations.id))
    .limit(input.limit);
  return rows.map(viewOf);
});

/** The newest operation about a subject, if any. */
export async function latestOperation(db: Db, projectId: string, kind: string, id: string): Promise<OperationView | null> {
  const [row] = await db
    .select()
    .from(operations)
    .where(and(eq(operations.projectId, projectId), eq(operations.subjectKind, kind), eq(operations.subjectId, id)))
    .orderBy(desc(operations.id))
    .limit(1);
  return row ? viewOf(row) : null;
}

export const cancelOperation = mutation("operations.cancelOperation", "member", OperationRef, async ({ tx, ctx, input, subject, publish }) => {
  const [row] = await tx
    .update(operations)
    .set({ state: "cancelled", finishedAt: sql`now()` })
    .where(
      and(
        eq(operations.projectId, ctx.project.id),
        eq(operations.id, input.operationId),
        inArray(operations.state, ["queued", "running"]),
      ),
    )
    .returning();
  if (!row) throw new Conflict("There is no such operation that still runs.");
  subject({ kind: row.subjectKind, id: row.subjectId, name: row.subjectName }, { operation: row.kind });
  publish("operations", `operation:${input.operationId}`);
  return viewOf(row);
});
