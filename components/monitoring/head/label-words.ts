/** How many predictions have their label, which wait for it, and what did not fit: numbers that add up. Pure. */
import { formatCount } from "@/components/ui/format/format-number";
import type { MonitorView } from "@/server/domains/monitoring/contract/monitor";

export function labelWords({ labels }: Pick<MonitorView, "labels">): string {
  const { predictions, labelled, waiting, late } = labels;
  const open = Math.max(0, predictions - labelled);
  const one = (count: number, what: string, whats: string) => `${formatCount(count)} ${count === 1 ? what : whats}`;
  return [
    `${formatCount(labelled)} of ${one(Math.max(predictions, labelled), "prediction", "predictions")}, ${formatCount(open)} still without`,
    ...(waiting > 0 ? [`${one(waiting, "label waits", "labels wait")} for a prediction`] : []),
    ...(late > 0 ? [`${formatCount(late)} late`] : []),
  ].join(", ");
}
