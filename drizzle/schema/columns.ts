/** Column shapes that every table shares. */
import { sql } from "drizzle-orm";
import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

export const id = () => uuid("id").primaryKey();

/** Transaction time of the database's clock. */
export const createdAt = () => timestamp("created_at", { withTimezone: true, mode: "date" }).notNull().default(sql`now()`);

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Text that a keyset page sorts by: byte order, the same on every machine. */
export const sortedText = customType<{ data: string }>({ dataType: () => `text collate "C"` });

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
