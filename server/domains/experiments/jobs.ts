/** Background work of experiments. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { defineTask } from "@/server/platform/outbox";
import { releaseDatasetsOfDeletedRuns } from "./store/dataset-holds";
import { purgeBatchHashes } from "./store/metrics/batches";

/** Shortly before temporary datasets are purged: a deleted run keeps what it read for as long as they live, not for ever. */
export const releaseDeletedRuns = defineTask(
  "release-deleted-runs",
  z.unknown(),
  async () => void (await releaseDatasetsOfDeletedRuns(database(), env().SLIPWAY_TEMPORARY_DATASET_DAYS)),
  { cron: "22 * * * *" },
);

/** A batch is known as sent before for a day. */
export const purgeBatchHashesTask = defineTask("purge-batch-hashes", z.unknown(), () => purgeBatchHashes(database()), { cron: "41 * * * *" });
