/** Where a rollback leads. Pure and browser-safe. */

export type LedgerStep<Holder> = { holder: Holder; cause: string };

/**
 * What stood before the one that holds the alias now, in the order in which they came; null where there is none. A
 * rollback takes away what came after the one it went back to: what was rolled away from is never a target.
 */
export function rollbackTarget<Holder>(steps: readonly LedgerStep<Holder>[]): Holder | null {
  const standing: Holder[] = [];
  for (const { holder, cause } of steps) {
    const at = cause === "rollback" ? standing.lastIndexOf(holder) : -1;
    if (at >= 0) standing.length = at + 1;
    else if (standing.at(-1) !== holder) standing.push(holder);
  }
  return standing.at(-2) ?? null;
}
