/** event → handler: the only wiring from a lower domain up to a higher one, and of what a domain does itself once its own event is committed. */
import { jobFinished, jobStarted } from "./domains/compute/events";
import { releaseFollowers } from "./domains/compute/service/dependencies/release-followers";
import { followScoring } from "./domains/evaluations/service/follow-scoring";
import { markRunEnded, markRunStarted } from "./domains/experiments/service/follow-jobs";
import { followTrial } from "./domains/experiments/service/sweeps/advance-sweep";
import { aliasMoved } from "./domains/models/events";
import { alertChanged } from "./domains/monitoring/events";
import { followChampion } from "./domains/monitoring/service/apply-monitor";
import { notifyChannels } from "./domains/monitoring/service/notify/deliver";
import { type Subscription, subscribe } from "./platform/outbox";

export const subscriptions: readonly Subscription[] = [
  subscribe(jobStarted, "experiments.markRunStarted", async (projectId, job) => {
    if (projectId) await markRunStarted(projectId, job.jobId);
  }),
  subscribe(jobFinished, "compute.releaseFollowers", async (projectId, job) => {
    if (projectId) await releaseFollowers(projectId, job.jobId);
  }),
  subscribe(jobFinished, "experiments.markRunEnded", async (projectId, job) => {
    if (!projectId) return;
    await markRunEnded(projectId, job);
    await followTrial(projectId, job.jobId);
  }),
  subscribe(jobFinished, "evaluations.followScoring", async (projectId, job) => {
    if (projectId) await followScoring(projectId, job);
  }),
  subscribe(aliasMoved, "monitoring.followChampion", async (projectId, moved) => {
    if (projectId) await followChampion(projectId, moved);
  }),
  subscribe(alertChanged, "monitoring.notifyChannels", async (projectId, change) => {
    if (projectId) await notifyChannels(projectId, change);
  }),
];
