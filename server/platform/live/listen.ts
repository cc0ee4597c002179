/** LISTENs on one direct connection a process and hands topics to whoever subscribed; reconnects by itself. */
import pg from "pg";
import { z } from "zod";
import { env } from "../env";
import { logger } from "../log";
import { liveChannel } from "./publish";

const Message = z.object({ project: z.string(), topics: z.array(z.string()) });

export type LiveSubscriber = (projectId: string, topics: string[]) => void;

const subscribers = new Set<LiveSubscriber>();
let client: pg.Client | undefined;
let stopped = false;
let retry: NodeJS.Timeout | undefined;
let retryMs = 100;

export function subscribeLive(subscriber: LiveSubscriber): () => void {
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

export function isListening(): boolean {
  return client !== undefined;
}

function deliver(payload: string | undefined): void {
  const parsed = Message.safeParse(JSON.parse(payload ?? "null"));
  if (!parsed.success) return;
  for (const subscriber of subscribers) subscriber(parsed.data.project, parsed.data.topics);
}

/** Opens one connection, which counts once it listens; where another does by then, or none is wanted any more, it is closed. */
async function listen(): Promise<void> {
  const fresh = new pg.Client({ connectionString: env().DATABASE_URL, keepAlive: true });
  fresh.on("notification", (message) => deliver(message.payload));
  fresh.on("error", () => undefined);
  fresh.on("end", () => {
    // One that never listened ends as well: whoever opened it tries again.
    if (client !== fresh) return;
    client = undefined;
    if (stopped) return;
    logger.warn("the live connection to the database ended; connecting again");
    scheduleReconnect();
  });
  try {
    await fresh.connect();
    await fresh.query(`listen ${liveChannel}`);
  } catch (error) {
    void fresh.end();
    throw error;
  }
  if (stopped || client) {
    void fresh.end();
    return;
  }
  client = fresh;
  retryMs = 100;
}

/** Resolves once listening; later losses are mended in the background, and readers are told to read again. */
export async function startListening(): Promise<void> {
  stopped = false;
  await listen();
}

function scheduleReconnect(): void {
  clearTimeout(retry);
  retry = setTimeout(() => {
    listen().then(
      () => {
        // What was said meanwhile is unknown: everybody reads again.
        for (const subscriber of subscribers) subscriber("*", ["*"]);
      },
      () => {
        retryMs = Math.min(retryMs * 2, 5_000);
        if (!stopped) scheduleReconnect();
      },
    );
  }, retryMs);
}

export async function stopListening(): Promise<void> {
  stopped = true;
  clearTimeout(retry);
  await client?.end();
  client = undefined;
}
