/** What jobs have cost, at the prices that stand now. */
import type { Db } from "@/server/platform/db";
import { costOf } from "../../rules/cost";
import { findPrices, selectHeldTimes } from "../../store/prices";

export type JobCosts = { currency: string; total: number; byJob: ReadonlyMap<string, number> };

/** Null where no prices are set. A job that never started has cost nothing. */
export async function readJobCosts(db: Db, projectId: string, jobIds: readonly string[]): Promise<JobCosts | null> {
  const row = await findPrices(db);
  if (!row) return null;
  const byJob = new Map<string, number>();
  for (const held of jobIds.length === 0 ? [] : await selectHeldTimes(db, projectId, jobIds)) {
    byJob.set(held.jobId, (byJob.get(held.jobId) ?? 0) + costOf(row.prices, held, held.models, held.seconds));
  }
  return { currency: row.prices.currency, total: [...byJob.values()].reduce((sum, cost) => sum + cost, 0), byJob };
}

export async function arePricesSet(db: Db): Promise<boolean> {
  return (await findPrices(db)) !== null;
}
