/** What the evaluations domain tells the domains above it. */
import { z } from "zod";
import { defineEvent } from "@/server/platform/outbox";

export const evaluationFinished = defineEvent(
  "evaluations.evaluationFinished",
  z.object({
    evaluationId: z.uuid(),
    suite: z.string(),
    suiteVersion: z.number().int(),
    loggedModelId: z.string(),
    datasetId: z.uuid(),
  }),
);
