/** Retention of temporary datasets: one that nothing uses gives its content back after its days; its row stays and says so. */
import { z } from "zod";
import { systemContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { Conflict } from "@/server/platform/errors";
import { assertNotHeld } from "@/server/platform/links";
import { logger } from "@/server/platform/log";
import { mutation } from "@/server/platform/mutation";
import { DatasetRef } from "../../contract/catalog";
import { listDueDatasets, lockDueDataset, markPurged } from "../../store/retention";

const batch = 100;

const PurgeInput = DatasetRef.extend({ days: z.number().positive() });

/** Looks for holders only once the row is locked: one that was being written has committed by then, a later one is refused. */
const purgeDataset = mutation("catalog.purgeDataset", "owner", PurgeInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await lockDueDataset(tx, ctx.project.id, input.datasetId, input.days);
  if (!row) throw new Conflict("It was built anew, or is purged already.");
  const name = `${row.name} v${row.version}`;
  await assertNotHeld(tx, ctx.project.id, { kind: "dataset", id: row.id }, name);
  await markPurged(tx, ctx.project.id, row.id);
  subject({ kind: "dataset", id: row.id, name }, { bytes: row.bytes, sha256: row.blobSha256, temporaryDays: input.days });
  publish("catalog", "datasets", `dataset:${row.id}`);
  return { bytes: row.bytes };
});

export async function purgeDatasets(signal: AbortSignal, days = env().SLIPWAY_TEMPORARY_DATASET_DAYS): Promise<number> {
  let purged = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; !signal.aborted; ) {
    const due = await listDueDatasets(database(), days, after, batch);
    for (const { id, project } of due) {
      try {
        await purgeDataset(systemContext(project, "dataset retention"), { datasetId: id, days });
        purged += 1;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        logger.info({ datasetId: id, reason: error.message }, "a temporary dataset is kept");
      }
    }
    const last = due.at(-1);
    if (!last || due.length < batch) break;
    after = last.id;
  }
  return purged;
}
