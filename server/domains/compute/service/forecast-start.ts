/** When a job that nobody submitted yet would start: it is put behind its equals in a picture of the queue. */
import { newId } from "@/server/platform/ids";
import { query } from "@/server/platform/mutation";
import { ForecastStartInput, type PendingView } from "../contract/job";
import { loadQueue, pendingView } from "./queue-snapshot";

export const forecastStart = query(
  "compute.forecastStart",
  "viewer",
  ForecastStartInput,
  async ({ db, ctx, input }): Promise<PendingView> => {
    const picture = await loadQueue(db);
    const job = {
      ...input.resources,
      id: newId(),
      projectId: ctx.project.id,
      name: "",
      priority: input.priority,
      needsPython: input.needsPython,
      notBefore: null,
      submittedAt: picture.now,
      timeLimitSeconds: input.timeLimitSeconds,
    };
    const ahead = picture.queue.filter((one) => one.priority >= job.priority);
    const times = await picture.timesOfProject(ctx.project.id);
    const timesOf: typeof picture.timesOf = (one) => (one.name === job.name ? times : picture.timesOf(one));
    return pendingView(db, { ...picture, queue: [...ahead, job], timesOf }, job);
  },
);
