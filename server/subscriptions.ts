/** event → handler: the only wiring from a lower domain up to a higher one. */
import { jobFinished, jobStarted } from "./domains/compute/events";
import { markRunEnded, markRunStarted } from "./domains/experiments/service/follow-jobs";
import { type Subscription, subscribe } from "./platform/outbox";

export const subscriptions: readonly Subscription[] = [
  subscribe(jobStarted, "experiments.markRunStarted", async (projectId, job) => {
    if (projectId) await markRunStarted(projectId, job.jobId);
  }),
  subscribe(jobFinished, "experiments.markRunEnded", async (projectId, job) => {
    if (projectId) await markRunEnded(projectId, job);
  }),
];
