/** What the monitoring domain tells. */
import { z } from "zod";
import { defineEvent } from "@/server/platform/outbox";

export const alertEvents = ["alert.firing", "alert.acknowledged", "alert.resolved"] as const;

export const alertChanged = defineEvent("monitoring.alertChanged", z.object({ alertId: z.uuid(), event: z.enum(alertEvents) }));
