/** The database's clock: it alone decides expiry and what is audited when. */
import { sql } from "drizzle-orm";
import type { Db } from "./db";

export async function databaseNow(db: Db): Promise<Date> {
  const result = await db.execute<{ now: Date }>(sql`select clock_timestamp() as now`);
  const row = result.rows[0];
  if (!row) throw new Error("the database gave no time");
  return new Date(row.now);
}
