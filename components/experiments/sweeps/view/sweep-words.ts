/** How a sweep's methods are called. */
import type { SweepSummary } from "@/server/domains/experiments/contract/sweep";

export const samplerWords: Record<SweepSummary["spec"]["sampler"]["kind"], string> = { tpe: "TPE", cmaes: "CMA-ES", random: "random", grid: "grid" };
export const prunerWords: Record<SweepSummary["spec"]["pruner"]["kind"], string> = { none: "none", median: "median", asha: "ASHA", hyperband: "Hyperband" };

export const sweepHref = (project: string, sweepId: string): string => `/${project}/experiments/sweeps/${sweepId}`;
export const newSweepHref = (project: string, recipe: string): string => `/${project}/experiments/sweeps/new?recipe=${encodeURIComponent(recipe)}`;

/** Runs that count towards the budget. */
export function launchedOf({ counts }: Pick<SweepSummary, "counts">): { open: number; done: number; counted: number } {
  const open = counts.planned + counts.launched;
  const done = counts.complete + counts.pruned + counts.failed;
  return { open, done, counted: open + done };
}
