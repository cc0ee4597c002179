/**
 * Long work on the server (a dataset build, a materialization, a comparison): a row whose state, stage and progress a
 * page can show. The worker runs it; one whose worker was killed, or whose database went away, is run again from its
 * start, so handlers must be repeatable. What that happens to `maxTries` times is given up, and says so.
 */
import { and, desc, eq, inArray, notExists, sql } from "drizzle-orm";
import { z } from "zod";
import { operations } from "@/drizzle/schema/platform";
import { holdBlobs, releaseBlobs } from "./blob-store/hold-blobs";
import { type ProjectContext, systemContext } from "./context";
import { database, type Db, type Tx } from "./db";
import { Conflict, isDatabaseGone, NotFound, ServiceError } from "./errors";
import { findProject } from "./identity/project-access";
import { newId } from "./ids";
import { publishLive } from "./live/publish";
import { logger } from "./log";
import { mutation, query, type Write } from "./mutation";
import { defineTask, enqueue } from "./outbox";

export const operationStates = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type OperationState = (typeof operationStates)[number];

export type OperationSubject = { kind: string; id: string; name: string };

export type OperationRun<P> = {
  /** A later one's id is greater. */
  operationId: string;
  ctx: ProjectContext;
  payload: P;
  /** Tells viewers where it is; throws when the operation was cancelled. `fraction` is 0…1, or null when unknown. */
  progress(stage: string, fraction: number | null): Promise<void>;
};

export type OperationDefinition<S extends z.ZodType = z.ZodType> = {
  readonly kind: string;
  readonly schema: S;
  /** Those of one queue run one after the other: trials of a person must not fill the worker. */
  readonly queue?: string;
  /** Fields of its payload that are taken out once it is over: sealed credentials. */
  readonly forgets?: readonly string[];
  readonly run: (run: OperationRun<z.output<S>>) => Promise<Record<string, unknown>>;
  /** In the transaction that ends it without success, also by cancelling: lets go of what was held for it. */
  readonly ended?: (tx: Tx, projectId: string, payload: z.output<S>) => Promise<void>;
};

type Surroundings = Omit<OperationRun<unknown>, "payload">;

/** A definition with its payload's type closed over, so that all kinds fit in one map. */
type Runnable = {
  queue?: string;
  forgets: readonly string[];
  run(payload: unknown, around: Surroundings): Promise<Record<string, unknown>>;
  ended(tx: Tx, projectId: string, payload: unknown): Promise<void>;
};

const registry = new Map<string, Runnable>();

export function defineOperation<S extends z.ZodType>(definition: OperationDefinition<S>): OperationDefinition<S> {
  registry.set(definition.kind, {
    queue: definition.queue,
    forgets: definition.forgets ?? [],
    run: async (payload, around) => definition.run({ ...around, payload: definition.schema.parse(payload) }),
    ended: async (tx, projectId, payload) => {
      // One that can't be read must still be able to end.
      const { data } = definition.schema.safeParse(payload);
      if (data !== undefined) await definition.ended?.(tx, projectId, data);
    },
  });
  return definition;
}

const OperationRef = z.object({ operationId: z.uuid() });

/** One entry in the queue an operation. */
const keyOf = (operationId: string) => `operation ${operationId}`;

const maxTries = 12;
const givenUpAtOnce = 100;
const longestPauseSeconds = 30;

export const runOperation = defineTask("run-operation", OperationRef, ({ operationId }) => execute(operationId));

/** Queues an operation in the caller's transaction; the content that its payload names is held until it ends. */
export async function startOperation<S extends z.ZodType>(
  write: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">,
  definition: OperationDefinition<S>,
  subject: OperationSubject,
  payload: z.input<S>,
  contents: readonly { field: string; sha256: string }[] = [],
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
  await holdBlobs(write.tx, write.ctx.project.id, { kind: "operation", id: operationId }, contents);
  await enqueue(write.tx, runOperation, { operationId }, { key: keyOf(operationId), queue: definition.queue, maxAttempts: maxTries });
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
  const project = await findProject(database(), row.projectId);
  return project ? { row, project } : null;
}

async function execute(operationId: string): Promise<void> {
  const claimed = await claim(operationId);
  if (!claimed) return;
  const { row, project } = claimed;
  const definition = registry.get(row.kind);
  if (!definition) throw new Error(`no operation of kind ${row.kind}`);
  const topics = topicsOf(row);
  const around: Surroundings = {
    operationId,
    ctx: systemContext(project, row.kind),
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
    if (await triesAgain(row, error)) return;
    const message = describeError(error);
    if (!(await settle(operationId, "failed", { error: message }))) return logger.info({ operationId, kind: row.kind }, "an operation stopped: it was cancelled");
    logger.error({ err: error, operationId, kind: row.kind }, "an operation failed");
  }
  publishLive(project.id, topics);
}

/** A database that was away is no fault of the work: it goes back into the queue, with growing pauses. */
async function triesAgain(row: OperationRow, error: unknown): Promise<boolean> {
  if (!isDatabaseGone(error) || row.attempt >= maxTries) return false;
  const runAt = new Date(Date.now() + 1_000 * Math.min(2 ** (row.attempt - 1), longestPauseSeconds));
  await enqueue(database(), runOperation, { operationId: row.id }, { runAt, key: keyOf(row.id), queue: registry.get(row.kind)?.queue, maxAttempts: maxTries });
  logger.warn({ err: error, operationId: row.id, kind: row.kind, runAt }, "an operation is tried again");
  return true;
}

/** Ends what nothing will ever run again: each of its tries ended with its worker. What is left of it in the queue goes too. */
export async function giveUpAbandoned(): Promise<void> {
  const waiting = sql`(select 1 from graphile_worker._private_jobs j
    where j.payload->>'operationId' = ${operations.id}::text and (j.locked_at is not null or j.attempts < j.max_attempts))`;
  const rows = await database().select().from(operations).where(and(inArray(operations.state, ["queued", "running"]), notExists(waiting))).limit(givenUpAtOnce);
  for (const row of rows) {
    const message = `It was given up after ${row.attempt} tries: each ended with its worker or its database. The server's log says how.`;
    if (!(await settle(row.id, "failed", { error: message }))) continue;
    await database().execute(sql`select graphile_worker.complete_jobs(array(
      select id from graphile_worker._private_jobs where payload->>'operationId' = ${row.id} and locked_at is null))`);
    publishLive(row.projectId, topicsOf(row));
  }
}

export const giveUpAbandonedTask = defineTask("give-up-abandoned-operations", z.unknown(), giveUpAbandoned, { cron: "* * * * *" });

const topicsOf = (row: OperationRow) => ["operations", `operation:${row.id}`, `${row.subjectKind}:${row.subjectId}`];

async function note(operationId: string, stage: string, fraction: number | null): Promise<void> {
  const updated = await database()
    .update(operations)
    .set({ stage, progress: fraction, heartbeatAt: sql`now()` })
    .where(and(eq(operations.id, operationId), eq(operations.state, "running")))
    .returning({ id: operations.id });
  if (updated.length === 0) throw new Conflict("The operation was cancelled.");
}

/** False when it was over already. */
async function settle(operationId: string, state: OperationState, values: { result?: unknown; error?: string }): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [settled] = await tx
      .update(operations)
      .set({ state, ...values, progress: state === "succeeded" ? 1 : undefined, finishedAt: sql`now()` })
      .where(and(eq(operations.id, operationId), inArray(operations.state, ["queued", "running"])))
      .returning();
    if (settled) await letGo(tx, settled);
    return settled !== undefined;
  });
}

/** Of all that was held for it, once it is over. */
async function letGo(tx: Tx, { id, kind, projectId, state, payload }: OperationRow): Promise<void> {
  await releaseBlobs(tx, { kind: "operation", id });
  for (const name of registry.get(kind)?.forgets ?? []) await tx.update(operations).set({ payload: sql`${operations.payload} - ${name}::text` }).where(eq(operations.id, id));
  if (state !== "succeeded") await registry.get(kind)?.ended(tx, projectId, payload);
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

/**
 * Ends open operations of a kind whose payload has `of`, in the caller's transaction: what asked for them waits for another answer now.
 * One that runs already and whose payload has `sparing` goes on.
 */
export async function cancelSuperseded(
  write: Pick<Write<ProjectContext, unknown>, "tx" | "ctx" | "publish">,
  definition: Pick<OperationDefinition, "kind">,
  of: Record<string, string>,
  sparing: Record<string, string>,
): Promise<void> {
  const isSpared = sql`${operations.state} = 'running' and ${operations.payload} @> ${JSON.stringify(sparing)}::jsonb`;
  const fits = sql`${operations.payload} @> ${JSON.stringify(of)}::jsonb and not (${isSpared})`;
  const open = and(eq(operations.projectId, write.ctx.project.id), eq(operations.kind, definition.kind), inArray(operations.state, ["queued", "running"]), fits);
  const rows = await write.tx.update(operations).set({ state: "cancelled", finishedAt: sql`now()` }).where(open).returning();
  for (const row of rows) {
    await releaseBlobs(write.tx, { kind: "operation", id: row.id });
    write.publish(...topicsOf(row));
  }
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
  await letGo(tx, row);
  subject({ kind: row.subjectKind, id: row.subjectId, name: row.subjectName }, { operation: row.kind });
  publish("operations", `operation:${input.operationId}`);
  return viewOf(row);
});
