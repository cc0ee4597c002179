/** One search for the runs of a comparison, the same for the server's prefetch and the browser. */
import { runIdOf } from "../run-identity";

export const comparedAtMost = 50;

/** Known ids of `?runs=a,b,c`, each once, in the order given. */
export function comparedIds(text: string): string[] {
  const ids = text.split(",").flatMap((hex) => runIdOf(hex.trim()) ?? []);
  return [...new Set(ids)].slice(0, comparedAtMost);
}

/** Runs of one name get the end of their id beside it. */
export function distinctNames<R extends { id: string; name: string }>(runs: readonly R[]): R[] {
  const isShared = (name: string) => runs.filter((run) => run.name === name).length > 1;
  return runs.map((run) => (isShared(run.name) ? { ...run, name: `${run.name} · ${run.id.slice(-4)}` } : run));
}

export function compareSearch(project: string, ids: readonly string[]) {
  const list = ids.map((id) => `'${id.replaceAll("-", "")}'`).join(", ");
  return { project, filter: `run_id IN (${list})`, view: "ALL" as const, limit: comparedAtMost };
}
