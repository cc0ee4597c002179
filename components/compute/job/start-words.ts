/** When a queued job should start, in words; pure. */
import { formatDuration } from "@/components/ui/format/format-duration";
import type { StartEstimate } from "@/server/domains/compute/contract/job";

const soonMs = 5_000;

const inSeconds = (ms: number) => formatDuration(Math.max(1, Math.round(ms / 1_000)) * 1_000);

/** `Starts within 25 s`, or `Starts in about 3 min 00 s (2 min 00 s to 5 min 00 s)`. */
export function startWords({ earliest, expected, latest }: StartEstimate, now: number): string {
  const [from, about, to] = [earliest, expected, latest].map((at) => at.getTime() - now) as [number, number, number];
  if (to < 2_000) return "Should start now";
  if (from < soonMs) return `Starts within ${inSeconds(to)}`;
  return inSeconds(from) === inSeconds(to) ? `Starts in ${inSeconds(to)}` : `Starts in about ${inSeconds(about)} (${inSeconds(from)} to ${inSeconds(to)})`;
}
