/** Keeps the first estimate of each job that waits, so that the Compute page can say how estimates hold. */
import { z } from "zod";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { type EstimateRecord, HistoryInput } from "../contract/job";
import { ESTIMATE_DEPTH } from "../rules/queue/estimate";
import { keepEstimates, selectEstimateRecord, selectUnestimated } from "../store/estimates";
import { agentIngest } from "./attempts/agent-verb";
import { loadQueue, startsOf, whyUnestimated } from "./queue-snapshot";

const keep = agentIngest("compute.recordEstimates", z.object({ jobIds: z.array(z.uuid()) }), async ({ tx, input }) => {
  const asked = new Set(input.jobIds);
  const picture = await loadQueue(tx);
  const looked = picture.queue.filter((job) => asked.has(job.id));
  await keepEstimates(tx, looked.map((job) => ({ id: job.id, estimate: startsOf(picture).get(job.id) ?? null, unestimated: whyUnestimated(picture, job) })));
});

export async function recordEstimates(): Promise<void> {
  const jobIds = await selectUnestimated(database(), ESTIMATE_DEPTH);
  if (jobIds.length > 0) await keep(systemInstanceContext("start estimates"), { jobIds });
}

export const getEstimateRecord = query("compute.getEstimateRecord", "viewer", HistoryInput, async ({ db, ctx, input }): Promise<EstimateRecord> =>
  selectEstimateRecord(db, ctx.project.id, input.hours),
);
