/** What the models domain tells the domains above it. */
import { z } from "zod";
import { defineEvent } from "@/server/platform/outbox";

export const aliasMoved = defineEvent(
  "models.aliasMoved",
  z.object({ modelId: z.uuid(), model: z.string(), alias: z.string(), version: z.number().int(), cause: z.string(), by: z.string() }),
);
