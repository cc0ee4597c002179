/** What the Compute page opens with: the queue with its reasons, counts by state, and history. */
import { z } from "zod";
import { query } from "@/server/platform/mutation";
import { HistoryInput, type JobState, type JobSummary, type PendingView } from "../contract/job";
import { listBlocked } from "../store/dependencies";
import { countJobsByState, selectJobs } from "../store/jobs";
import { type HistoryRow, selectHistory } from "../store/queue";
import { blockedView, loadQueue, pendingView } from "./queue-snapshot";

const QUEUE_SHOWN = 100;

export type QueuedJob = JobSummary & { pending: PendingView };

/** This project's waiting jobs in the order in which they will be claimed; behind them those that run after others. */
export const listQueue = query(
  "compute.listQueue",
  "viewer",
  z.object({}),
  async ({ db, ctx }): Promise<QueuedJob[]> => {
    const picture = await loadQueue(db);
    const mine = picture.queue.filter((job) => job.projectId === ctx.project.id).slice(0, QUEUE_SHOWN);
    const blocked = await listBlocked(db, ctx.project.id, QUEUE_SHOWN - mine.length);
    const summaries = await selectJobs(db, ctx.project.id, { ids: [...mine, ...blocked].map(({ id }) => id), limit: QUEUE_SHOWN });
    const byId = new Map(summaries.map((job) => [job.id, job]));
    const queued: QueuedJob[] = [];
    const show = (id: string, pending: PendingView) => {
      const summary = byId.get(id);
      if (summary) queued.push({ ...summary, pending });
    };
    for (const job of mine) show(job.id, await pendingView(db, picture, job));
    for (const { id, one, more } of blocked) show(id, blockedView(one, more));
    return queued;
  },
);

export const countJobs = query(
  "compute.countJobs",
  "viewer",
  z.object({}),
  async ({ db, ctx }): Promise<Partial<Record<JobState, number>>> => countJobsByState(db, ctx.project.id),
);

export const getHistory = query(
  "compute.getHistory",
  "viewer",
  HistoryInput,
  async ({ db, ctx, input }): Promise<HistoryRow[]> => selectHistory(db, ctx.project.id, input.hours),
);
