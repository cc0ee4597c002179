/** Background work of the catalog. */
import { z } from "zod";
import { defineTask } from "@/server/platform/outbox";
import { purgeDatasets } from "./service/retention/purge-datasets";

export const purgeTemporaryDatasets = defineTask("purge-temporary-datasets", z.unknown(), async (_payload, { signal }) => void (await purgeDatasets(signal)), {
  cron: "27 * * * *",
});
