/** What a sweep's runs have cost so far, those that go on included. */
import type { Money } from "@/server/domains/compute/contract/prices";
import { arePricesSet, readJobCosts } from "@/server/domains/compute/service/costs/job-costs";
import type { Db } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import type { SweepRow } from "../../store/sweeps/sweeps";
import { listTrialJobs } from "../../store/sweeps/trials";

/** A budget in money needs prices. */
export async function requirePrices(db: Db, field: string): Promise<void> {
  if (!(await arePricesSet(db))) throw new Conflict(`${field}: no prices are set: an instance admin sets them in Settings → System.`, { field });
}

/** Null where no prices are set. */
export async function readCostOfSweep(db: Db, { id, projectId }: Pick<SweepRow, "id" | "projectId">): Promise<Money | null> {
  const costs = await readJobCosts(db, projectId, await listTrialJobs(db, id));
  return costs && { amount: costs.total, currency: costs.currency };
}
