/**
 * Events and background work, both written in the transaction that causes them. graphile-worker keeps the rows,
 * delivers at least once with backoff, and leaves what fails for good where Settings shows it.
 */
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "./db";

export type EventDefinition<S extends z.ZodType = z.ZodType> = { readonly name: string; readonly schema: S };

/** An event of a domain; `name` is `domain.somethingHappened`. Who reacts is bound in server/subscriptions.ts. */
export function defineEvent<S extends z.ZodType>(name: string, schema: S): EventDefinition<S> {
  return { name, schema };
}

/** The signal comes when the worker stops: long work ends at its next step, and the next run goes on. */
export type TaskHelpers = { attempt: number; maxAttempts: number; signal: AbortSignal };

/** Somebody else's server did not take what it was sent: it is tried again, and is no failure of ours. */
export class NotTaken extends Error {}

export type TaskDefinition<S extends z.ZodType = z.ZodType> = {
  readonly name: string;
  readonly schema: S;
  /** Parses and runs; a payload that does not parse fails the job with the reason. */
  readonly run: (payload: unknown, helpers: TaskHelpers) => Promise<void>;
  /** Crontab pattern (UTC), for work that recurs. */
  readonly cron?: string;
};

export function defineTask<S extends z.ZodType>(
  name: string,
  schema: S,
  handler: (payload: z.output<S>, helpers: TaskHelpers) => Promise<void>,
  options: { cron?: string } = {},
): TaskDefinition<S> {
  return { name, schema, run: async (payload, helpers) => handler(schema.parse(payload), helpers), ...options };
}

export type EnqueueOptions = { runAt?: Date; key?: string; maxAttempts?: number; queue?: string; priority?: number };

/** Adds work to the queue, in the caller's transaction. The same `key` replaces a job that has not started. */
export async function enqueueByName(db: Db, name: string, payload: unknown, options: EnqueueOptions = {}): Promise<void> {
  await db.execute(sql`select graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(payload)}::json, queue_name => ${options.queue ?? null},
    run_at => ${options.runAt?.toISOString() ?? null}::timestamptz, max_attempts => ${options.maxAttempts ?? 12}::int,
    job_key => ${options.key ?? null}, priority => ${options.priority ?? 0}::int)`);
}

export async function enqueue<S extends z.ZodType>(
  db: Db,
  task: TaskDefinition<S>,
  payload: z.input<S>,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueueByName(db, task.name, task.schema.parse(payload), options);
}

export const eventTaskName = "deliver-event";

export type EventEnvelope = { event: string; projectId: string | null; payload: unknown };

export async function emitEvent<S extends z.ZodType>(
  db: Db,
  projectId: string | null,
  event: EventDefinition<S>,
  payload: z.input<S>,
): Promise<void> {
  const envelope: EventEnvelope = { event: event.name, projectId, payload: event.schema.parse(payload) };
  await enqueueByName(db, eventTaskName, envelope);
}

/** What a higher domain does when a lower one's event arrives; bound in server/subscriptions.ts. */
export type Subscription = { readonly event: string; readonly handler: string; readonly run: (projectId: string | null, payload: unknown) => Promise<void> };

export function subscribe<S extends z.ZodType>(
  event: EventDefinition<S>,
  handler: string,
  run: (projectId: string | null, payload: z.output<S>) => Promise<void>,
): Subscription {
  return { event: event.name, handler, run: async (projectId, payload) => run(projectId, event.schema.parse(payload)) };
}
