/** Each long-lived process says every few seconds that it lives. */
import { hostname } from "node:os";
import { sql } from "drizzle-orm";
import { heartbeats } from "@/drizzle/schema/platform";
import { database } from "../db";
import { logger } from "../log";

const everyMs = 5_000;
const aliveForSeconds = 16;

export function startHeartbeat(process_: string): () => void {
  const startedAt = new Date();
  const beat = async () => {
    const row = { process: process_, pid: process.pid, host: hostname(), startedAt };
    await database()
      .insert(heartbeats)
      .values(row)
      .onConflictDoUpdate({ target: heartbeats.process, set: { ...row, beatAt: sql`now()` } });
  };
  const quietly = () => void beat().catch((error) => logger.warn({ err: error }, "no heartbeat: the database does not answer"));
  quietly();
  const timer = setInterval(quietly, everyMs);
  return () => clearInterval(timer);
}

export async function livingProcesses(): Promise<Set<string>> {
  const result = await database().execute<{ process: string }>(
    sql`select process from heartbeats where beat_at > now() - make_interval(secs => ${aliveForSeconds})`,
  );
  return new Set(result.rows.map((row) => row.process));
}
