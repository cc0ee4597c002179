/** How many attempts of a run have logged points (ADR 16). */
import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema/experiments";
import type { Tx } from "@/server/platform/db";

/** A script that opens its run again and again ends in the last of these. */
const attemptsAtMost = 1_000;
/** A client's last batches may come behind the word that its run has ended. */
const stragglers = sql`interval '10 seconds'`;

export async function raiseAttempts(tx: Tx, runId: string, number: number): Promise<void> {
  await tx.update(runs).set({ attempts: sql`greatest(${runs.attempts}, ${number}::int)` }).where(eq(runs.id, runId));
}

/** Begins the next attempt where the latest is over; gives the number of the one that goes on, or null where the run is gone. */
export async function beginNextAttempt(tx: Tx, runId: string): Promise<number | null> {
  await tx
    .update(runs)
    .set({ attempts: sql`least(${runs.attempts} + 1, ${attemptsAtMost}::int)`, attemptOverAt: null })
    .where(and(eq(runs.id, runId), sql`(${runs.status} in ('RUNNING', 'SCHEDULED') or ${runs.attemptOverAt} < now() - ${stragglers})`));
  const [now] = await tx.select({ attempts: runs.attempts }).from(runs).where(eq(runs.id, runId));
  return now?.attempts ?? null;
}
