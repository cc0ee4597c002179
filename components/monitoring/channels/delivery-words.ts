/** What became of a delivery, in words. */
import { formatDuration } from "@/components/ui/format/format-duration";
import type { DeliverySummary } from "@/server/domains/monitoring/contract/alert";

export function deliveryState({ state, attempts }: DeliverySummary): { state: string; word: string } {
  if (state === "delivered") return { state: "succeeded", word: "delivered" };
  if (state === "failed") return { state: "failed", word: "given up" };
  return attempts === 0 ? { state: "pending", word: "sending" } : { state: "late", word: "will retry" };
}

export function deliveryAnswer({ state, lastStatus, lastError, lastMs, attempts }: DeliverySummary): string {
  if (attempts === 0) return "not sent yet";
  const within = lastMs === null ? "" : ` within ${formatDuration(lastMs)}`;
  if (lastStatus !== null) return `answered ${lastStatus}${within}`;
  const why = (lastError ?? "unknown").replace(/\.$/, "");
  return isRefused({ state, lastStatus, attempts }) ? `not sent: ${why}` : `no answer: ${why}`;
}

/** Given up at once: the address is one that is never sent to. */
export const isRefused = ({ state, lastStatus, attempts }: Pick<DeliverySummary, "state" | "lastStatus" | "attempts">): boolean => state === "failed" && lastStatus === null && attempts === 1;
