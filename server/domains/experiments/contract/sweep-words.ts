/** Enums of sweeps without a validator, so that a page's first script stays small. */
export const sweepStates = ["running", "stopping", "stopped", "finished"] as const;
export type SweepState = (typeof sweepStates)[number];
export const trialStates = ["planned", "launched", "complete", "pruned", "failed", "cancelled"] as const;
export type TrialState = (typeof trialStates)[number];

export const sweepTag = "slipway.sweep";
export const trialTag = "slipway.trial";
