/** Background work of monitoring: what is kept of streams, labels and deliveries is bounded. Folding runs every second. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { defineTask } from "@/server/platform/outbox";
import { purgeDeliveries } from "./store/channels";
import { purgeHours } from "./store/hours";
import { purgeLabels } from "./store/labels";

const hoursKeptDays = 120;
const deliveriesKeptDays = 90;

export const purgeMonitoring = defineTask(
  "purge-monitoring",
  z.unknown(),
  async () => {
    await purgeHours(database(), hoursKeptDays);
    await purgeLabels(database(), env().SLIPWAY_INFERENCE_LOG_DAYS);
    await purgeDeliveries(database(), deliveriesKeptDays);
  },
  { cron: "37 * * * *" },
);
