/** Background work of the models domain: the inference log is kept within its days and rows. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { defineTask } from "@/server/platform/outbox";
import { purgeInferences, purgeMinutes, receivedBeyond } from "./serving/log/store";

const rowsAtOnce = 20_000;
const dayMs = 86_400_000;

export const purgeInferenceLog = defineTask(
  "purge-inference-log",
  z.unknown(),
  async (_payload, { signal }) => {
    const { SLIPWAY_INFERENCE_LOG_DAYS: days, SLIPWAY_INFERENCE_LOG_MAX_ROWS: maxRows } = env();
    const byAge = new Date(Date.now() - days * dayMs);
    const byRows = await receivedBeyond(database(), maxRows);
    const before = byRows && byRows > byAge ? byRows : byAge;
    while (!signal.aborted && (await purgeInferences(database(), before, rowsAtOnce)) === rowsAtOnce) {
      // A bounded number at a time, so that no transaction holds back others for long.
    }
    await purgeMinutes(database(), days);
  },
  { cron: "*/10 * * * *" },
);
