/**
 * Runs tasks, delivers events to their subscribers, and frees what a killed worker held: each worker holds an advisory
 * lock under its id for as long as its connection lives, so a lock that can be taken names a dead worker.
 */
import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { env } from "../env";
import { logger } from "../log";
import { enqueueByName, eventTaskName, NotTaken, type Subscription, type TaskDefinition } from "../outbox";
import { connection, database } from "../db";

const Envelope = z.object({ event: z.string(), projectId: z.string().nullable(), payload: z.unknown() });
const handlerTaskName = "handle-event";
const HandlerEnvelope = Envelope.extend({ handler: z.string() });

/** Each subscriber gets a job of its own, so that one that fails is retried alone. */
function eventTasks(subscriptions: readonly Subscription[]): TaskList {
  return {
    [eventTaskName]: async (raw) => {
      const envelope = Envelope.parse(raw);
      await database().transaction(async (tx) => {
        for (const { event, handler } of subscriptions) {
          if (event === envelope.event) await enqueueByName(tx, handlerTaskName, { ...envelope, handler });
        }
      });
    },
    [handlerTaskName]: async (raw) => {
      const { event, handler, projectId, payload } = HandlerEnvelope.parse(raw);
      const found = subscriptions.find((item) => item.event === event && item.handler === handler);
      if (!found) throw new Error(`nobody handles ${event} as ${handler}`);
      await found.run(projectId, payload);
    },
  };
}

/** Its own lines as ours; what it says of each job that went well is left to debug. */
const runnerLogger = new Logger((scope) => (level, message, meta) => {
  const { error, ...rest } = meta ?? {};
  if (error instanceof NotTaken) return logger.warn(scope, error.message);
  const facts = { ...scope, ...(error instanceof Error ? { err: error } : {}), ...(level === "debug" ? rest : {}) };
  if (level === "error") logger.error(facts, message);
  else if (level === "warning") logger.warn(facts, message);
  else logger.debug(facts, message);
});

const lockOf = "hashtextextended('slipway.worker.' || $1, 0)";

async function unlockDeadWorkers(client: pg.Client, own: ReadonlySet<string>): Promise<void> {
  const result = await client.query<{ id: string }>(
    `select distinct id from (
       select locked_by as id from graphile_worker._private_jobs where locked_by is not null
       union select locked_by from graphile_worker._private_job_queues where locked_by is not null) w`,
  );
  for (const { id } of result.rows) {
    if (own.has(id)) continue;
    const lock = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${lockOf}) as free`, [id]);
    if (!lock.rows[0]?.free) continue;
    // A try that ended with its worker: the next one waits, and longer each time, for it may be what ended the worker.
    await client.query(
      "update graphile_worker._private_jobs set run_at = now() + make_interval(secs => least(power(2, attempts - 1), 30)) where locked_by = $1",
      [id],
    );
    await client.query("select graphile_worker.force_unlock_workers(array[$1])", [id]);
    await client.query(`select pg_advisory_unlock(${lockOf})`, [id]);
    logger.info({ worker: id }, "freed the work of a worker that died");
  }
}

export type BackgroundWorker = { stop(): Promise<void> };

export async function startBackgroundWorker(
  tasks: readonly TaskDefinition[],
  subscriptions: readonly Subscription[],
  concurrency: number,
): Promise<BackgroundWorker> {
  const guard = new pg.Client({ connectionString: env().DATABASE_URL });
  await guard.connect();
  guard.on("error", (error) => {
    // Without the guard another worker may free our jobs: end, and let the supervisor start us afresh.
    logger.error({ err: error }, "the worker's guard connection broke");
    process.exit(1);
  });
  const own = new Set<string>();
  let held: Promise<unknown> = Promise.resolve();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => {
    own.add(worker.workerId);
    // One after the other: the connection takes one query at a time.
    held = held.then(() => guard.query(`select pg_advisory_lock(${lockOf})`, [worker.workerId]));
  });
  await unlockDeadWorkers(guard, own);
  const stopping = new AbortController();
  const taskList: TaskList = eventTasks(subscriptions);
  for (const task of tasks) {
    taskList[task.name] = async (payload, helpers) => {
      const { attempts, max_attempts } = helpers.job;
      await task.run(payload, { attempt: attempts, maxAttempts: max_attempts, signal: stopping.signal });
    };
  }
  const crontab = tasks.flatMap((task) => (task.cron ? [`${task.cron} ${task.name} ?max=3 {}`] : [])).join("\n");
  const runner: Runner = await run({
    pgPool: connection().pool,
    concurrency,
    taskList,
    crontab,
    events,
    logger: runnerLogger,
    noHandleSignals: true,
    pollInterval: 2_000,
  });
  const sweep = setInterval(() => void held.then(() => unlockDeadWorkers(guard, own)).catch((error) => logger.warn({ err: error })), 10_000);
  return {
    stop: async () => {
      clearInterval(sweep);
      stopping.abort();
      await runner.stop();
      guard.removeAllListeners("error");
      await guard.end();
    },
  };
}
