/** Background work of compute. The lease sweep is not here: it runs where agents can reach (gateway/agent). */
import { z } from "zod";
import { defineTask } from "@/server/platform/outbox";
import { purgeLogs } from "./service/purge-logs";

export const purgeJobLogs = defineTask(
  "purge-job-logs",
  z.object({}),
  async () => {
    await purgeLogs();
  },
  { cron: "17 * * * *" },
);
