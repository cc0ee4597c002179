/** What the Compute page opens with: the queue with its reasons, counts by state, and history. */
import { z } from "zod";
import { query } from "@/server/platform/mutation";
import { HistoryInput, type JobState, type JobSummary, type PendingView } from "../contract/job";
import { countJobsByState, selectJobs } from "../store/jobs";
import { type HistoryRow, selectHistory } from "../store/queue";
import { loadQueue, pendingView } from "./queue-snapshot";

const QUEUE_SHOWN = 100;

export type QueuedJob = JobSummary & { pending: PendingView };

/** This project's waiting jobs in the order in which they will be claimed. */
export const listQueue = query(
  "compute.listQueue",
  "viewer",
  z.object({}),
  async ({ db, ctx }): Promise<QueuedJob[]> => {
    const picture = await loadQueue(db);
    const mine = picture.queue.filter((job) => job.projectId === ctx.project.id).slice(0, QUEUE_SHOWN);
    const summaries = await selectJobs(db, ctx.project.id, { ids: mine.map((job) => job.id), limit: QUEUE_SHOWN });
    const byId = new Map(summaries.map((job) => [job.id, job]));
    const queued: QueuedJob[] = [];
    for (const job of mine) {
      const summary = byId.get(job.id);
      if (summary) queued.push({ ...summary, pending: await pendingView(db, picture, job) });
    }
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
