/** Retention: logs and usage of attempts that ended long ago go; the jobs' records stay. */
import { z } from "zod";
import { systemInstanceContext } from "@/server/platform/context";
import { env } from "@/server/platform/env";
import { expireOldLogs } from "../store/logs";
import { agentIngest } from "./attempts/agent-verb";

const BATCH = 200;

const purgeBatch = agentIngest("compute.purgeLogs", z.object({ days: z.number().positive() }), ({ tx, input }) =>
  expireOldLogs(tx, input.days, BATCH),
);

export async function purgeLogs(days = env().SLIPWAY_JOB_LOG_DAYS): Promise<number> {
  const ctx = systemInstanceContext("log retention");
  let purged = 0;
  for (;;) {
    const batch = await purgeBatch(ctx, { days });
    purged += batch;
    if (batch < BATCH) return purged;
  }
}
