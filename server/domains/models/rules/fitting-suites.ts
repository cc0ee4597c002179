/** Which suites could be the gate of a new model. Pure. */

export type SuiteFacts = { name: string; dataset: string; createdAt: Date };

/** Those that ask about the dataset its version was trained on; where that isn't known, all of them. Newest first. */
export function fittingSuites(suites: readonly SuiteFacts[], dataset: string | null): string[] {
  return suites
    .filter((suite) => dataset === null || suite.dataset === dataset)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .map((suite) => suite.name);
}
