import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { storageSamples } from "@/drizzle/schema/platform";
import { database } from "../db";
import { testProject } from "../testing/project";
import { readStorage, takeStorageSample } from "./storage";

const part = "Job logs";
const ago = (hours: number) => sql`now() - make_interval(hours => ${hours})`;
const read = async () => (await readStorage((await testProject("owner")).ctx, {})).parts.find(({ name }) => name === part);

beforeEach(() => database().delete(storageSamples));

it("measures at once where nothing was sampled yet, and knows no growth", async () => {
  expect(await read()).toMatchObject({ bytes: expect.any(Number), grownBy: null, grownSince: null });
});

it("tells the growth of a day, else of as long as there are samples", async () => {
  const sample = (hours: number, bytes: number) => ({ at: ago(hours), part, bytes });
  await database()
    .insert(storageSamples)
    .values([sample(0, 500), sample(3, 420)]);
  expect(await read()).toMatchObject({ bytes: 500, grownBy: 80 });
  await database()
    .insert(storageSamples)
    .values([sample(25, 100), sample(49, 10)]);
  expect(await read()).toMatchObject({ bytes: 500, grownBy: 400 });
});

it("samples every part, and forgets after a month", async () => {
  await database()
    .insert(storageSamples)
    .values({ at: ago(33 * 24), part, bytes: 1 });
  await takeStorageSample(database());
  const rows = await database().select().from(storageSamples);
  expect(rows.filter((row) => row.part === part)).toHaveLength(1);
  expect(new Set(rows.map((row) => row.part)).size).toBe(8);
});

it("tells how much of the disk under the data folder is free", async () => {
  const { disk } = await readStorage((await testProject("owner")).ctx, {});
  expect(disk?.freeBytes).toBeGreaterThan(0);
  expect(disk?.totalBytes).toBeGreaterThan(disk?.freeBytes ?? 0);
});
