/** Whether a verdict still counts: it stands on a suite, the version's files and a champion. Pure. */

type Standing = { suite: string | null; digest: string; championVersionId: string | null };
type Stale = "unjudged" | "suite" | "files" | "champion";

/** What the newest verdict lacks, with the gate, the files and the champion as they are now; null where it counts. Which version of the suite judged is no part of it. */
export function staleness(verdict: Standing | undefined, now: Standing): Stale | null {
  if (!verdict) return "unjudged";
  if (verdict.suite !== now.suite) return "suite";
  if (verdict.digest !== now.digest) return "files";
  return verdict.championVersionId === now.championVersionId ? null : "champion";
}

/** For who asks for a promotion. */
export const askedTooSoon: Record<Stale, (version: number) => string> = {
  unjudged: (version) => `Version ${version} has not been judged by the gate yet.`,
  suite: (version) => `The gate has another suite since version ${version} was judged: judge it again.`,
  files: (version) => `The verdict on version ${version} is about other files: judge it again.`,
  champion: (version) => `The champion changed since version ${version} was judged: judge it again.`,
};

/** For who approves one that was asked for. */
export const approvedTooLate: Record<Stale, string> = {
  unjudged: "the model has a gate since, which has not judged it: judge and ask again",
  suite: "the gate has another suite since it was judged: judge and ask again",
  files: "the verdict on it is about other files: judge and ask again",
  champion: "the champion changed since it was judged: judge and ask again",
};
