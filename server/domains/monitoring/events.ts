/** What the monitoring domain tells. */
import { z } from "zod";
import { defineEvent } from "@/server/platform/outbox";
import { alertEvents } from "./contract/channel";

export const alertChanged = defineEvent("monitoring.alertChanged", z.object({ alertId: z.uuid(), event: z.enum(alertEvents) }));
