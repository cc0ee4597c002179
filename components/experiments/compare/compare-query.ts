/** Which runs an address compares: the same question for the server's prefetch and the browser. */
import { namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import type { ComparedRuns } from "@/server/domains/experiments/contract/compare";
import { runIdOf } from "../run-identity";

/** Known ids of `?runs=a,b,c`, each once, in the order given. */
export function comparedIds(text: string): string[] {
  const ids = text.split(",").flatMap((hex) => runIdOf(hex.trim()) ?? []);
  return [...new Set(ids)].slice(0, namedInAddress);
}

/** A kept set where the address has one, else the runs that it names. */
export function askedOf({ runs, set }: { runs?: string | null; set?: string | null }): ComparedRuns {
  return set && /^[0-9a-f]{20}$/.test(set) ? { set } : { runIds: comparedIds(runs ?? "") };
}

export const asksNothing = (asked: ComparedRuns): boolean => !asked.set && (asked.runIds?.length ?? 0) < 2;

/** Runs of one name get the end of their id beside it. */
export function distinctNames<R extends { id: string; name: string }>(runs: readonly R[]): R[] {
  const counts = new Map<string, number>();
  for (const { name } of runs) counts.set(name, (counts.get(name) ?? 0) + 1);
  return runs.map((run) => ((counts.get(run.name) ?? 0) > 1 ? { ...run, name: `${run.name} · ${run.id.slice(-4)}` } : run));
}
