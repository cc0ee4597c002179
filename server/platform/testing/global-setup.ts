/** One PostgreSQL for the whole test run, with a migrated database for each worker; gone when the run ends. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startCluster } from "../embedded-postgres/cluster";
import { migrateDatabase } from "../process/migrate";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrls: string[];
  }
}

async function makeDatabases(url: string, root: string, workers: number): Promise<string[]> {
  await migrateDatabase(url, root);
  const client = new pg.Client({ connectionString: url.replace("/slipway?", "/postgres?") });
  await client.connect();
  const names = Array.from({ length: workers }, (_, index) => `slipway_${index + 1}`);
  for (const name of names) await client.query(`create database ${name} template slipway`);
  await client.end();
  return names.map((name) => url.replace("/slipway?", `/${name}?`));
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = project.config.root;
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  // The tests of services are about behaviour; durability has its own tests with fsync on.
  const cluster = await startCluster({
    root,
    folder,
    password: randomBytes(12).toString("hex"),
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  const end = async () => {
    await cluster.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    project.provide("databaseUrls", await makeDatabases(cluster.url, root, Math.max(1, Number(project.config.maxWorkers) || 2)));
    return end;
  } catch (error) {
    // A migration that fails ends the run: its server must not outlive it.
    await end();
    throw error;
  }
}
