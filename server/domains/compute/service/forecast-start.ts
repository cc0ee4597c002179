/** When a job that nobody submitted yet would start: it is put behind its equals in a picture of the queue. */
import { newId } from "@/server/platform/ids";
import { query } from "@/server/platform/mutation";
import { ForecastStartInput, type PendingView } from "../contract/job";
import { loadQueue, pastOf, pendingView } from "./queue-snapshot";

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
      // Which command it will be is not known while its form is filled in.
      command: null, script: null, recipe: input.recipe ?? null,
    };
    const isAhead = (one: { priority: number }) => one.priority >= job.priority;
    const queue = [...picture.queue.filter(isAhead), job, ...picture.queue.filter((one) => !isAhead(one))];
    const past = new Map([...picture.past, ...(await pastOf(db, [job]))]);
    return pendingView(db, { ...picture, queue, past }, job);
  },
);
