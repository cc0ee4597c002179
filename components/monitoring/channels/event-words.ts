/** How the events of alerts and of deliveries are called. */
import type { AlertEvent } from "@/server/domains/monitoring/contract/channel";

export const eventWords: Record<AlertEvent, string> = { "alert.firing": "an alert fires", "alert.acknowledged": "someone acknowledges it", "alert.resolved": "it is resolved" };

const shortWords: Record<string, string> = { "alert.firing": "firing", "alert.acknowledged": "acknowledged", "alert.resolved": "resolved", test: "test" };

export const eventWord = (event: string): string => shortWords[event] ?? event;
