/** A run's two spellings (a UUID inside, 32 hex digits in MLflow and in URLs), its pages, and its state. */

export const hexOf = (runId: string): string => runId.replaceAll("-", "");

/** The UUID of 32 hex digits; null for anything else. */
export function runIdOf(hex: string): string | null {
  const [, a, b, c, d, e] = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(hex) ?? [];
  return a ? `${a}-${b}-${c}-${d}-${e}` : null;
}

export const runHref = (project: string, runId: string, tab = ""): string =>
  `/${project}/experiments/runs/${hexOf(runId)}${tab ? `/${tab}` : ""}`;

export const compareHref = (project: string, runIds: readonly string[], baseline?: string | null): string =>
  `/${project}/experiments/compare?runs=${runIds.map(hexOf).join(",")}${baseline ? `&base=${hexOf(baseline)}` : ""}`;

export const cloneHref = (project: string, run: { id: string; launch: { recipe: string } | null }): string | null =>
  run.launch ? `/${project}/experiments/launch?recipe=${run.launch.recipe}&from=${hexOf(run.id)}` : null;

export const isOpen = (status: string): boolean => status === "RUNNING" || status === "SCHEDULED";

/** Milliseconds that a run took, or takes so far. */
export function runDuration(run: { startTime: number | null; endTime: number | null; status: string }, now: number): number | null {
  if (run.startTime === null || run.status === "SCHEDULED") return null;
  if (run.endTime !== null) return run.endTime - run.startTime;
  return isOpen(run.status) ? now - run.startTime : null;
}
