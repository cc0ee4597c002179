/** A suite's policy in sentences, and who approves. */
import type { GatePolicy } from "@/server/domains/evaluations/contract/suite";
import type { ModelView } from "@/server/domains/models/contract";

export const approvalWords: Record<ModelView["approval"], string> = {
  person: "another person, a maintainer or owner",
  owner_alone: "another person; an owner alone where nobody else could",
  policy: "the gate itself: a passed verdict is enough",
};

/** What it means that a model has no suite. */
export const noGateWords = "No gate: nothing is judged, and a person alone decides what serves, whatever its numbers are.";

const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;

/** What a candidate must show against the champion; then what the first version must. */
export function policyWords({ slices, calibration, first, skew }: GatePolicy): { label: string; value: string }[] {
  const floor = `${slices.floor.clusters} clusters, ${slices.floor.positives} positives and ${slices.floor.negatives} negatives`;
  const ofSlices =
    slices.rule === "harm"
      ? `No gated slice may lose more than +${slices.tolerance} in log-loss with Holm-adjusted p < ${slices.alpha}; judged from ${floor}.`
      : `Every gated slice's upper end stays below +${slices.margin}; a slice with fewer than ${floor} refuses.`;
  return [
    { label: "Better overall", value: "The 95% interval of the difference in log-loss lies below 0." },
    { label: "Harms no slice", value: ofSlices },
    { label: "Calibrated", value: `ECE at most ${calibration.ece}.` },
    {
      label: "Online equals offline",
      value: skew ? `A shadow replay finds at most ${percent(skew.share)} of values different.` : "Not asked.",
    },
    {
      label: "A first version",
      value: `AUC at least ${first.auc}, ECE at most ${first.ece}, log-loss below the base rate's.`,
    },
  ];
}
