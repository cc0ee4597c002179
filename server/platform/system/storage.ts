/** What the data folder holds and what it grows by, from samples that the worker takes. */
import { statfs } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { storageSamples } from "@/drizzle/schema/platform";
import { type Db, database } from "../db";
import { env } from "../env";
import { query } from "../mutation";
import { defineTask } from "../outbox";
import { type StorageBound, storageParts } from "./storage-parts";

/** `grownBy` bytes since `grownSince`: a day before, or as long as there are samples; null with only one. */
export type StorageView = {
  name: string;
  bytes: number;
  measuredAt: Date;
  grownBy: number | null;
  grownSince: Date | null;
  bounds: StorageBound[];
};

/** Walking the folders takes the longer the more they hold: the worker does it, pages read what it found. */
export async function takeStorageSample(db: Db): Promise<void> {
  const rows = [];
  for (const { name, measure } of storageParts) rows.push({ part: name, bytes: await measure(db) });
  await db.insert(storageSamples).values(rows);
  await db.execute(sql`delete from storage_samples where at < now() - interval '32 days'`);
}

export const sampleStorage = defineTask("sample-storage", z.unknown(), () => takeStorageSample(database()), {
  cron: "*/10 * * * *",
});

type Sample = { part: string; at: Date; bytes: number; since: Date; before: number };

/** Each part's newest sample beside the newest one a day older, else the oldest. */
async function readSamples(db: Db): Promise<Map<string, Sample>> {
  const { rows } = await db.execute<Sample>(sql`
    select n.part, n.at, n.bytes, e.at as since, e.bytes as before
    from (select distinct on (part) part, at, bytes from storage_samples order by part, at desc) n
    join lateral (
      select coalesce(max(at) filter (where at <= n.at - interval '1 day'), min(at)) as at
      from storage_samples where part = n.part) b on true
    join storage_samples e on e.part = n.part and e.at = b.at`);
  return new Map(rows.map((row) => [row.part, { ...row, at: new Date(row.at), since: new Date(row.since) }]));
}

function viewOf(name: string, bounds: StorageBound[], { at, bytes, since, before }: Sample): StorageView {
  const isFirst = since.getTime() === at.getTime();
  const growth = isFirst ? { grownBy: null, grownSince: null } : { grownBy: bytes - before, grownSince: since };
  return { name, bytes, measuredAt: at, ...growth, bounds };
}

/** The disk under the data folder, now; null where the system does not tell. */
async function readDisk(): Promise<{ freeBytes: number; totalBytes: number } | null> {
  const found = await statfs(env().SLIPWAY_DATA).catch(() => null);
  return found && { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
}

/** Over the whole installation. Parts without a sample yet, at the very start, are measured now. */
export const readStorage = query("system.readStorage", "maintainer", z.object({}), async ({ db }) => {
  const samples = await readSamples(db);
  const views: StorageView[] = [];
  for (const { name, measure, bounds } of storageParts) {
    const now = new Date();
    const sample = samples.get(name) ?? { part: name, at: now, bytes: await measure(db), since: now, before: 0 };
    views.push(viewOf(name, bounds(), sample));
  }
  return { parts: views, disk: await readDisk() };
});
