/** Retention: logs, usage and inputs of jobs that ended long ago go; the jobs' records stay. */
import { z } from "zod";
import { systemInstanceContext } from "@/server/platform/context";
import { env } from "@/server/platform/env";
import { expireOldLogs, releaseOldJobs } from "../store/logs";
import { agentIngest } from "./attempts/agent-verb";

const BATCH = 200;

const purgeBatch = agentIngest("compute.purgeLogs", z.object({ days: z.number().positive() }), async ({ tx, input }) => {
  const expired = await expireOldLogs(tx, input.days, BATCH);
  const released = await releaseOldJobs(tx, input.days, BATCH);
  return { expired, isEnd: expired < BATCH && released < BATCH };
});

export async function purgeLogs(days = env().SLIPWAY_JOB_LOG_DAYS): Promise<number> {
  const ctx = systemInstanceContext("log retention");
  for (let purged = 0; ; ) {
    const { expired, isEnd } = await purgeBatch(ctx, { days });
    purged += expired;
    if (isEnd) return purged;
  }
}
