/** What became of a delivery, in words: its state, what went wrong, what happens next. */
import { formatDuration } from "@/components/ui/format/format-duration";
import type { DeliverySummary } from "@/server/domains/monitoring/contract/alert";

type Try = Pick<DeliverySummary, "state" | "attempts" | "lastStatus" | "lastError">;

/** Given up at once: the address is one that is never sent to. */
export const isRefused = ({ state, lastStatus, attempts }: Try): boolean => state === "failed" && lastStatus === null && attempts === 1;

/** Settled without being sent: its channel was turned off, or a later event of its alert was taken first. */
const isLeftUnsent = ({ state }: Try): boolean => state === "stopped" || state === "overtaken";

/** The same look and word for a channel's last delivery and for each in its history. */
export function deliveryState(delivery: Try): { state: string; word: string } {
  if (delivery.state === "delivered") return { state: "succeeded", word: "delivered" };
  if (isLeftUnsent(delivery)) return { state: "cancelled", word: "not sent" };
  if (delivery.state === "failed") return isRefused(delivery) ? { state: "refused", word: "refused" } : { state: "failed", word: "given up" };
  return delivery.attempts === 0 ? { state: "pending", word: "sending" } : { state: "warning", word: "trying again" };
}

const statusWords: Record<number, string> = {
  400: "the receiver does not take this message", 401: "the receiver asks for a sign-in", 403: "the receiver refuses it", 404: "there is nothing at this address", 405: "the receiver takes no POST", 410: "the receiver is gone",
  413: "the message is too large for the receiver", 429: "the receiver was asked too often",
};

function statusText(status: number): string {
  if (statusWords[status]) return statusWords[status];
  if (status >= 300 && status < 400) return "the address leads elsewhere, and redirects are not followed";
  return status >= 500 ? "the receiver failed" : "the receiver does not take this message";
}

const errorWords: [RegExp, string][] = [
  [/ECONNREFUSED/, "nothing listens at this address"],
  [/ENOTFOUND/, "the name of the host is not known"],
  [/EAI_AGAIN/, "the name of the host could not be looked up"],
  [/ECONNRESET|EPIPE|socket hang up/, "the connection was cut"],
  [/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/, "the host can't be reached"],
  [/ETIMEDOUT/, "the host does not answer"],
  [/certificate|altnames/i, "the receiver's certificate is not valid"],
  [/EPROTO|wrong version number|SSL|TLS/, "no secure connection came about: is it http instead of https?"],
];

/** What went wrong; the raw error is for the hover. */
function failureWords({ lastStatus, lastError }: Try): string {
  if (lastStatus !== null) return `${statusText(lastStatus)} (${lastStatus})`;
  const raw = lastError ?? "it is not known why";
  return errorWords.find(([sign]) => sign.test(raw))?.[1] ?? raw.replace(/\.$/, "");
}

/** `answered 204 within 12 ms`, or why nothing was taken. */
export function deliveryAnswer(delivery: Try & Pick<DeliverySummary, "lastMs">): string {
  const { state, attempts, lastStatus, lastError, lastMs } = delivery;
  if (isLeftUnsent(delivery)) return lastError ?? "";
  if (attempts === 0) return "not sent yet";
  if (state === "delivered") return `answered ${lastStatus}${lastMs === null ? "" : ` within ${formatDuration(lastMs)}`}`;
  return failureWords(delivery);
}

/** What happens now; the time of the next try stands beside it. */
export function deliveryNext(delivery: Try): string {
  const { state, attempts } = delivery;
  if (state === "stopped") return "turning it on again does not send it";
  if (state === "delivered" || state === "overtaken" || attempts === 0) return "";
  if (isRefused(delivery)) return "not tried again";
  return state === "failed" ? `given up after ${attempts} ${attempts === 1 ? "try" : "tries"}` : "";
}
