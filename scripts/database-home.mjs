// Where an instance's embedded PostgreSQL keeps its files when root starts it in a folder that its account can't enter (server/platform/embedded-postgres).
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** @returns the folder outside, or null where the database lies in the data folder itself */
export function databaseHomeOutside(folder) {
  const home = join("/var/lib/slipway", createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 12));
  return existsSync(home) ? home : null;
}
