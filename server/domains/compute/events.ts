/** What the compute domain tells the domains above it. */
import { z } from "zod";
import { defineEvent } from "@/server/platform/outbox";
import { JobCause, JobState, Labels } from "./contract/job";

export const jobStarted = defineEvent(
  "compute.jobStarted",
  z.object({ jobId: z.uuid(), attempt: z.number().int(), labels: Labels }),
);

/** Sent again for a job that was lost, when the result of its last attempt arrives after all. */
export const jobFinished = defineEvent(
  "compute.jobFinished",
  z.object({
    jobId: z.uuid(),
    attempt: z.number().int(),
    state: JobState,
    cause: JobCause,
    message: z.string().nullable(),
    labels: Labels,
  }),
);
