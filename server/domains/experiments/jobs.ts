/** Background work of experiments. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { defineTask } from "@/server/platform/outbox";
import { releaseDatasetsOfDeletedRuns } from "./store/dataset-holds";

/** Shortly before temporary datasets are purged: a deleted run keeps what it read for as long as they live, not for ever. */
export const releaseDeletedRuns = defineTask(
  "release-deleted-runs",
  z.unknown(),
  async () => void (await releaseDatasetsOfDeletedRuns(database(), env().SLIPWAY_TEMPORARY_DATASET_DAYS)),
  { cron: "22 * * * *" },
);
