/** Eight at the same time, of whom one may win; gives what the others were told. */
import { expect } from "vitest";
import { Conflict } from "../errors";

export async function oneOfEight(attempt: (n: number) => Promise<unknown>): Promise<string[]> {
  const tries = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6, 7].map((n) => attempt(n)));
  const reasons = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  for (const reason of reasons) expect(reason).toBeInstanceOf(Conflict);
  expect(reasons).toHaveLength(7);
  return [...new Set(reasons.map((reason: Conflict) => reason.message))];
}
