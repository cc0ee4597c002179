/** How estimates of starts held, in a sentence; pure. */
import type { EstimateRecord } from "@/server/domains/compute/contract/job";

const jobs = (count: number) => (count === 1 ? "1 job" : `${count} jobs`);

/** A sentence for each reason: a wait for an agent says nothing of the estimates. */
function withoutWords({ nowhere, unlike, unknown }: EstimateRecord["without"]): string[] {
  return [
    nowhere > 0 ? `${jobs(nowhere)} had no estimate: no agent could run ${nowhere === 1 ? "it" : "them"} then.` : "",
    unlike > 0 ? `${jobs(unlike)} had no estimate: too few jobs like the ones ahead of ${unlike === 1 ? "it" : "them"} had run to say how long those take.` : "",
    unknown > 0 ? `${jobs(unknown)} had no estimate.` : "",
  ].filter(Boolean);
}

/** Null where no job waited. */
export function estimateRecordWords({ held, sooner, later, without }: EstimateRecord): string | null {
  const judged = held + sooner + later;
  const missed = [sooner > 0 ? `${sooner} sooner` : "", later > 0 ? `${later} later` : ""].filter(Boolean).join(", ");
  const record = `Of ${jobs(judged)} that waited, ${held} started within the first estimate (${Math.round((100 * held) / judged)}%)${missed ? `, ${missed}` : ""}.`;
  return [...(judged > 0 ? [record] : []), ...withoutWords(without)].join(" ") || null;
}
