import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { desc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { artifacts } from "@/drizzle/schema/experiments";
import { blobGrants, blobSweeps, blobs } from "@/drizzle/schema/platform";
import type { ProjectContext } from "../context";
import { database } from "../db";
import { env } from "../env";
import { newId } from "../ids";
import { testProject } from "../testing/project";
import { blobStore, statBlob, storeBlob } from "./blobs";
import { holdBlobs, listBlobColumns, releaseBlobs, requireBlob } from "./hold-blobs";
import { sweepBlobs } from "./sweep-blobs";

const graceHours = 24;
let ctx: ProjectContext;
beforeEach(async () => {
  ctx = (await testProject()).ctx;
});

const put = async (content: Buffer = randomBytes(40)) => (await storeBlob(ctx, Readable.from([content]), {})).sha256;
const longAgo = sql`now() - interval '25 hours'`;
const age = (sha256: string) => database().update(blobs).set({ lastPutAt: longAgo, freeSince: longAgo }).where(eq(blobs.sha256, sha256));
const putLongAgo = async (content?: Buffer) => {
  const sha256 = await put(content);
  await age(sha256);
  return sha256;
};
const sweep = () => sweepBlobs(graceHours, new AbortController().signal);
const fileOf = (sha256: string) => join(env().SLIPWAY_DATA, "blobs", sha256.slice(0, 2), sha256);
const isThere = async (sha256: string) => {
  const rows = await database().select().from(blobs).where(eq(blobs.sha256, sha256));
  return { row: rows.length === 1, file: (await blobStore().size(sha256)) !== null };
};
const both = { row: true, file: true };
const neither = { row: false, file: false };
const oldFile = (path: string, content: Buffer) => {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  const at = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(path, at, at);
};

describe("the sweep", () => {
  it("removes what nothing refers to and nobody put for a day, with its grants", async () => {
    const sha256 = await putLongAgo();
    const tally = await sweep();
    expect(tally.removedBlobs).toBeGreaterThanOrEqual(1);
    expect(tally.removedBytes).toBeGreaterThanOrEqual(40);
    expect(await isThere(sha256)).toEqual(neither);
    expect(await database().select().from(blobGrants).where(eq(blobGrants.sha256, sha256))).toEqual([]);
    await expect(statBlob(ctx, sha256)).rejects.toThrow("There is no content");
    const sweeps = await database().select().from(blobSweeps);
    expect(sweeps).toContainEqual(expect.objectContaining(tally));
  });

  it("waits with what was put lately, and counts it", async () => {
    const sha256 = await put();
    const tally = await sweep();
    expect(tally.waitingBytes).toBeGreaterThanOrEqual(40);
    expect(await isThere(sha256)).toEqual(both);
  });

  it("waits with what lost its last reference lately, however long ago it was put", async () => {
    const sha256 = await putLongAgo();
    await database().insert(artifacts).values({ projectId: ctx.project.id, path: "read", sha256, size: 40 });
    await sweep();
    await database().delete(artifacts).where(eq(artifacts.projectId, ctx.project.id));
    await sweep();
    expect(await isThere(sha256)).toEqual(both);
    await age(sha256);
    await sweep();
    expect(await isThere(sha256)).toEqual(neither);
  });

  it("leaves what was put again, or asked for, since it grew old", async () => {
    const content = randomBytes(40);
    const again = await putLongAgo(content);
    await put(content);
    const asked = await putLongAgo();
    await statBlob(ctx, asked);
    await sweep();
    expect([await isThere(again), await isThere(asked)]).toEqual([both, both]);
  });

  it("is not held up by another project that asks for what it may not read", async () => {
    const sha256 = await putLongAgo();
    await expect(statBlob((await testProject()).ctx, sha256)).rejects.toThrow("There is no content");
    await sweep();
    expect(await isThere(sha256)).toEqual(neither);
  });

  it("waits anew with what was held and released between two passes", async () => {
    const sha256 = await putLongAgo();
    const holder = { kind: "job", id: newId() } as const;
    await database().transaction((tx) => holdBlobs(tx, ctx.project.id, holder, [{ field: "code", sha256 }]));
    await releaseBlobs(database(), holder);
    await sweep();
    expect(await isThere(sha256)).toEqual(both);
  });

  it("ends within a page when it is told to, and keeps what was known of the rest", async () => {
    await put();
    const { waitingBlobs } = await sweep();
    await Promise.all(Array.from({ length: 6 }, () => putLongAgo()));
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, "aborted", { get: () => ++looks > 4 });
    const tally = await sweepBlobs(graceHours, signal);
    expect(tally.removedBlobs).toBeLessThan(6);
    const [row] = await database().select().from(blobSweeps).orderBy(desc(blobSweeps.at)).limit(1);
    expect(row).toMatchObject({ removedBlobs: tally.removedBlobs, waitingBlobs });
    expect((await sweep()).removedBlobs).toBe(6 - tally.removedBlobs);
  });

  it("counts what it removed before it broke", async () => {
    await sweep();
    await Promise.all(Array.from({ length: 3 }, () => putLongAgo()));
    const remove = vi.spyOn(blobStore(), "remove");
    remove.mockImplementationOnce(async () => {}).mockImplementationOnce(async () => {
      throw new Error("the disk is away");
    });
    await expect(sweep()).rejects.toThrow("the disk is away");
    remove.mockRestore();
    const [row] = await database().select().from(blobSweeps).orderBy(desc(blobSweeps.at)).limit(1);
    expect(row).toMatchObject({ removedBlobs: 1, removedBytes: 40 });
  });

  it("leaves what a column or a document refers to, until it no longer does", async () => {
    const [column, held] = [await putLongAgo(), await putLongAgo()];
    await database().insert(artifacts).values({ projectId: ctx.project.id, path: "a", sha256: column, size: 40 });
    const holder = { kind: "job", id: newId() } as const;
    await database().transaction((tx) => holdBlobs(tx, ctx.project.id, holder, [{ field: "code", sha256: held }]));
    await sweep();
    expect([await isThere(column), await isThere(held)]).toEqual([both, both]);
    await database().delete(artifacts).where(eq(artifacts.projectId, ctx.project.id));
    await releaseBlobs(database(), holder);
    await Promise.all([age(column), age(held)]);
    await sweep();
    expect([await isThere(column), await isThere(held)]).toEqual([neither, neither]);
  });

  it("heals what a kill left: a file without its row, and a body that was never finished", async () => {
    const content = randomBytes(40);
    const sha256 = createHash("sha256").update(content).digest("hex");
    oldFile(fileOf(sha256), content);
    const unfinished = join(env().SLIPWAY_DATA, "blobs", "incoming", newId());
    oldFile(unfinished, content);
    await sweep();
    expect(await isThere(sha256)).toEqual(neither);
    expect(existsSync(unfinished)).toBe(false);
  });
});

describe("in the same moment", () => {
  it("a reference that is being written wins over the sweep", async () => {
    const sha256 = await putLongAgo();
    let sweeping: Promise<unknown> = Promise.resolve();
    await database().transaction(async (tx) => {
      await requireBlob(tx, ctx.project.id, "code", sha256);
      sweeping = sweep();
      // Goes on once the sweep waits for this transaction.
      await expect.poll(async () => (await tx.execute(sql`select 1 from pg_locks where not granted`)).rows.length).toBeGreaterThan(0);
      await tx.insert(artifacts).values({ projectId: ctx.project.id, path: "late", sha256, size: 40 });
    });
    await sweeping;
    expect(await isThere(sha256)).toEqual(both);
  });

  it("a reference that comes after the sweep is refused with the way out", async () => {
    const sha256 = await putLongAgo();
    await sweep();
    const late = database().transaction((tx) => requireBlob(tx, ctx.project.id, "code", sha256));
    await expect(late).rejects.toThrow(`code: upload the content first (PUT /api/v1/blobs/${sha256}).`);
  });

  it("puts and sweeps of one content never leave a row without its file", async () => {
    const content = randomBytes(40);
    for (let round = 0; round < 25; round += 1) {
      const sha256 = await putLongAgo(content);
      await Promise.all([sweep(), put(content)]);
      expect(await isThere(sha256)).toEqual(both);
    }
  });
});

/** Columns that hold a hash and keep nothing alive, with why. */
const keepNothing: Record<string, string> = {
  "api_tokens.hash": "of a secret",
  "audit_log.hash": "of the row",
  "baselines.onnx_sha256": "says which file it was computed with; the version holds that file",
  "blob_grants.sha256": "says who may read, and goes with the blob",
  "blobs.sha256": "the blob itself",
  "compute_agents.credential_hash": "of a secret",
  "compute_attempts.token_hash": "of a secret",
  "compute_enrolments.token_hash": "of a secret",
  "datasets.blob_sha256": "names the content also once it is purged; held_sha256 holds it until then",
  "datasets.input_sha256": "of what it was made from",
  "definitions.content_sha256": "of the definition",
  "evaluations.examples_digest": "of rows",
  "gate_verdicts.digest": "of a version's paths and hashes",
  "model_metrics.dataset_digest": "MLflow's name of a dataset's state",
  "idempotency_keys.request_hash": "of a request",
  "materials.input_sha256": "of what it was made from",
  "model_versions.dataset_digest": "names the dataset, whose row holds the content",
  "metric_batch_hashes.hash": "of a batch's points",
  "model_versions.digest": "of the version's paths and hashes",
  "one_time_links.secret_hash": "of a secret",
  "promotions.digest": "of a version's paths and hashes",
  "recipes.content_sha256": "of the definition and the code's hash",
  "run_inputs.digest": "a client's own name for its data",
  "suites.content_sha256": "of the definition",
  "users.password_hash": "of a secret",
};

it("every column that holds a hash either keeps the content alive or is listed with why not", async () => {
  const { rows } = await database().execute<{ name: string }>(sql`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name ~ '(sha256|digest|hash|blob)$' order by 1`);
  const keeping = (await listBlobColumns(database())).map(({ table, column }) => `${table}.${column}`);
  const named = rows.map((row) => row.name);
  expect(named.filter((name) => !keeping.includes(name) && !(name in keepNothing))).toEqual([]);
  expect(Object.keys(keepNothing).filter((name) => !named.includes(name) || keeping.includes(name))).toEqual([]);
});

it("a delete of a blob finds each of its references by an index", async () => {
  for (const { table, column } of await listBlobColumns(database())) {
    const { rows } = await database().execute(sql`
      select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = ${table}::regclass and a.attname = ${column}`);
    expect([table, column, rows.length > 0]).toEqual([table, column, true]);
  }
});
