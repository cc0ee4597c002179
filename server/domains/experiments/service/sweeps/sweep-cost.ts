/** What a sweep's runs have cost so far, those that go on included. */
import type { Money } from "@/server/domains/compute/contract/prices";
import { arePricesSet } from "@/server/domains/compute/service/costs/job-costs";
import type { Db } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import type { SweepRow } from "../../store/sweeps/sweeps";
import { listTrialRuns } from "../../store/sweeps/trials";
import { readCostOfRuns } from "../costs/run-cost";

/** A budget in money needs prices. */
export async function requirePrices(db: Db, field: string): Promise<void> {
  if (!(await arePricesSet(db))) throw new Conflict(`${field}: no prices are set: an instance admin sets them in Settings → System.`, { field });
}

/** Null where no prices are set. */
export async function readCostOfSweep(db: Db, { id, projectId }: Pick<SweepRow, "id" | "projectId">): Promise<Money | null> {
  return readCostOfRuns(db, projectId, await listTrialRuns(db, id));
}
