/**
 * How long a job runs, by what its like ran: the same command first, then the same recipe, then the same script.
 * Quantiles of the latest few, so that one odd run moves little and a changed script is learnt within days.
 */
import type { Likeness, RunEstimate } from "../../contract/job";

/** What makes jobs alike, the narrowest first; null where a job has no such thing. */
export const LIKENESSES = ["command", "recipe", "script"] as const satisfies readonly Likeness[];
export type Kind = Record<Likeness, string | null>;

/** Ascending. */
export type LikeTimes = { likeness: Likeness; seconds: readonly number[] };

export type Level = "low" | "expected" | "high";

export const LIKE_RUNS = 20;
/** Of the same command one run tells much; of others, with other parameters, fewer than three tell nothing. */
const enough: Record<Likeness, number> = { command: 1, recipe: 3, script: 3 };
const shares: Record<Level, number> = { low: 0.1, expected: 0.5, high: 0.9 };

/** `past`: how long the latest took that share a value. Null where there is nothing to go on. */
export function likeTimes(job: Kind, past: (likeness: Likeness, value: string) => readonly number[]): LikeTimes | null {
  for (const likeness of LIKENESSES) {
    const value = job[likeness];
    const seconds = value === null ? [] : past(likeness, value);
    if (seconds.length >= enough[likeness]) return { likeness, seconds: [...seconds].sort((a, b) => a - b) };
  }
  return null;
}

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** Few runs have seen little of what may come: the interval is wider by 1 + 2/n on either side. */
function levelOf(sorted: readonly number[], level: Level): number {
  const value = quantile(sorted, shares[level]);
  const margin = 1 + 2 / sorted.length;
  return level === "low" ? value / margin : level === "high" ? value * margin : value;
}

export const runSeconds = (like: LikeTimes, level: Level, limit: number): number => Math.min(levelOf(like.seconds, level), limit);

/** At the most, by what is known: of what is like nothing, its time limit. */
export const mostSeconds = (like: LikeTimes | null, limit: number): number => (like ? runSeconds(like, "high", limit) : limit);

/** What is left of a run, by those that ran longer than it has; beyond all of them, in proportion to what it ran. */
export function leftSeconds(like: LikeTimes, level: Level, elapsed: number, limit: number): number {
  const longer = like.seconds.filter((seconds) => seconds > elapsed).map((seconds) => seconds - elapsed);
  const overdue = { low: 0, expected: elapsed / 2, high: elapsed };
  const left = longer.length > 0 ? levelOf(longer, level) : overdue[level];
  return Math.max(0, Math.min(left, limit - elapsed));
}

export function runEstimate(like: LikeTimes, limit: number): RunEstimate {
  const [low, expected, high] = (["low", "expected", "high"] as const).map((level) => runSeconds(like, level, limit)) as [number, number, number];
  return { low, expected, high, likeness: like.likeness, basedOnRuns: like.seconds.length };
}
