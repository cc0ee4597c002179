/** Points each test worker at its own database and data folder before any module reads the environment. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";

const urls = inject("databaseUrls");
const folder = mkdtempSync(join(tmpdir(), "slipway-data-"));
process.env.DATABASE_URL = urls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % urls.length] ?? "";
process.env.SLIPWAY_DATA = folder;
process.env.SLIPWAY_SECRET = "a secret of the tests, never used elsewhere";
process.env.SLIPWAY_LOG_LEVEL ??= "silent";
process.env.SLIPWAY_ALLOW_PRIVATE_WEBHOOKS = "true";

afterAll(async () => {
  const { closeDatabase } = await import("../db");
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});
