/** What runs have cost: the jobs that filled them, at the prices that stand now. */
import type { Money } from "@/server/domains/compute/contract/prices";
import { readJobCosts } from "@/server/domains/compute/service/costs/job-costs";
import type { Db } from "@/server/platform/db";
import { listJobsOfRuns } from "../../store/run-jobs";

/** Null where no prices are set. */
export async function readCostOfJobs(db: Db, projectId: string, jobIds: readonly string[]): Promise<Money | null> {
  const costs = await readJobCosts(db, projectId, jobIds);
  return costs && { amount: costs.total, currency: costs.currency };
}

/** Null where no prices are set. */
export async function readCostOfRuns(db: Db, projectId: string, runIds: readonly string[]): Promise<Money | null> {
  return readCostOfJobs(db, projectId, await listJobsOfRuns(db, projectId, runIds));
}
