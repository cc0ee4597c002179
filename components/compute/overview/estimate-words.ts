/** How estimates of starts held, in a sentence; pure. */
import type { EstimateRecord } from "@/server/domains/compute/contract/job";

const jobs = (count: number) => (count === 1 ? "1 job" : `${count} jobs`);

/** Null where no job waited. */
export function estimateRecordWords({ held, sooner, later, without }: EstimateRecord): string | null {
  const judged = held + sooner + later;
  const unlike = without === 0 ? "" : ` ${jobs(without)} had no estimate: too few like ${without === 1 ? "it" : "them"} had run.`;
  if (judged === 0) return without === 0 ? null : unlike.trim();
  const missed = [sooner > 0 ? `${sooner} sooner` : "", later > 0 ? `${later} later` : ""].filter(Boolean).join(", ");
  return `Of ${jobs(judged)} that waited, ${held} started within the first estimate (${Math.round((100 * held) / judged)}%)${missed ? `, ${missed}` : ""}.${unlike}`;
}
