import { sql } from "drizzle-orm";
import { computePrices } from "@/drizzle/schema/compute";
import type { Db, Tx } from "@/server/platform/db";
import type { Prices } from "../contract/prices";

const onlyRow = 1;

export async function findPrices(db: Db): Promise<typeof computePrices.$inferSelect | null> {
  const [row] = await db.select().from(computePrices);
  return row ?? null;
}

export async function writePrices(tx: Tx, prices: Prices | null, setBy: string): Promise<void> {
  if (prices === null) return void (await tx.delete(computePrices));
  const values = { prices, setBy, setAt: sql`now()` };
  await tx.insert(computePrices).values({ id: onlyRow, ...values }).onConflictDoUpdate({ target: computePrices.id, set: values });
}

export type HeldTime = { jobId: string; seconds: number; cpus: number; memoryBytes: number; gpus: number; models: string[] };

/** For how long each attempt's command ran, on what; one that goes on, until now. */
export async function selectHeldTimes(db: Db, projectId: string, jobIds: readonly string[]): Promise<HeldTime[]> {
  const result = await db.execute<HeldTime>(sql`
    select j.id as "jobId", extract(epoch from coalesce(a.finished_at, now()) - a.started_at)::float8 as seconds, j.cpus, j.memory_bytes::float8 as "memoryBytes", j.gpus,
      array(select g->>'model' from jsonb_array_elements(h.host->'gpus') g where g->>'uuid' = any(a.devices)) as models
    from compute_jobs j join compute_attempts a on a.job_id = j.id join compute_agents h on h.id = a.agent_id
    where j.project_id = ${projectId} and j.id = any(${sql.param(jobIds)}::uuid[]) and a.started_at is not null`);
  return result.rows;
}
