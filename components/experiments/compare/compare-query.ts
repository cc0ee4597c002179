/** One search for the runs of a comparison, the same for the server's prefetch and the browser. */
import { runIdOf } from "../run-identity";

export const comparedAtMost = 50;

/** Known ids of `?runs=a,b,c`, each once, in the order given. */
export function comparedIds(text: string): string[] {
  const ids = text.split(",").flatMap((hex) => runIdOf(hex.trim()) ?? []);
  return [...new Set(ids)].slice(0, comparedAtMost);
}

export function compareSearch(project: string, ids: readonly string[]) {
  const list = ids.map((id) => `'${id.replaceAll("-", "")}'`).join(", ");
  return { project, filter: `run_id IN (${list})`, view: "ALL" as const, limit: comparedAtMost };
}
