/** Moments as the database's clock gives them: those that decide an expiry, or are kept. */
import { type SQL, sql } from "drizzle-orm";

export const clock = sql`clock_timestamp()`;

export const inSeconds = (seconds: number): SQL => sql`clock_timestamp() + make_interval(secs => ${seconds})`;

/** Now, or so long after its start as it ran, where that was before: news of an end may be late. */
export function endOf(startedAt: Date | null, ranSeconds: number | null): SQL {
  if (startedAt === null || ranSeconds === null) return clock;
  return sql`least(clock_timestamp(), ${startedAt.toISOString()}::timestamptz + make_interval(secs => ${ranSeconds}))`;
}

/** The start that is known, else so long ago as it ran; null of what never started. */
export function startOf(known: Date | null, ranSeconds: number | null): Date | SQL | null {
  if (known !== null || ranSeconds === null) return known;
  return sql`clock_timestamp() - make_interval(secs => ${ranSeconds})`;
}
