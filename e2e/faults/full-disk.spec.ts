/**
 * The data folder stands on a small disk that is filled and freed while stock clients log: what had no room is refused
 * with 503 and leaves nothing, what was acknowledged is there exactly once, and all goes on as soon as there is room.
 */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { judge, readPoints } from "../chaos/ledger";
import { startWriter } from "../chaos/writers";
import { baseUrl, connect, folder } from "../instance";

const rounds = 4;
const writers = 4;
let scratch = "";
const ballast = join(folder, "ballast");
const megabyte = Buffer.alloc(1 << 20, 1);

test.setTimeout(10 * 60_000);
// Not as the file is read: Playwright reads it in more than one process.
test.beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-full-disk-"));
});
test.afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Until not a byte more goes in. */
function fillDisk(): void {
  const file = openSync(ballast, "a");
  try {
    for (let size = megabyte.length; size >= 1; )
      try {
        if (writeSync(file, megabyte, 0, size) < size) size = Math.floor(size / 2);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        size = Math.floor(size / 2);
      }
  } finally {
    closeSync(file);
  }
}

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

const auth = { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` };

async function mlflow(path: string, body: object): Promise<Response> {
  return fetch(`${baseUrl}/api/2.0/mlflow/${path}`, { method: "POST", headers: { ...auth, "content-type": "application/json" }, body: JSON.stringify(body) });
}

async function makeRun(): Promise<string> {
  const { run } = (await (await mlflow("runs/create", { experiment_id: "0", start_time: Date.now() })).json()) as { run: { info: { run_id: string } } };
  return run.info.run_id;
}

const artifactPath = (runId: string, name: string) => `${baseUrl}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${name}`;
const upload = (runId: string, name: string, content: Buffer) => fetch(artifactPath(runId, name), { method: "PUT", headers: auth, body: new Uint8Array(content) });

async function listNames(runId: string): Promise<string[]> {
  const answer = await fetch(`${baseUrl}/api/2.0/mlflow/artifacts/list?run_id=${runId}`, { headers: auth });
  const { files = [] } = (await answer.json()) as { files?: { path: string }[] };
  return files.map(({ path }) => path).sort();
}

/** Asked until it is so, within the test's time. */
async function until(isIt: () => Promise<boolean>): Promise<void> {
  await expect.poll(() => isIt().catch(() => false), { timeout: 60_000, intervals: [100] }).toBe(true);
}

/** Batches until one is refused for want of room, or `atMost` are in; what was acknowledged goes into `acked`. Gives the next step. */
async function logBatches(runId: string, acked: Map<number, number>, first: number, atMost: number): Promise<number> {
  for (let step = first; ; step += 1_000) {
    if (step >= first + atMost * 1_000) return step;
    const metrics = Array.from({ length: 1_000 }, (_, at) => ({ key: "loss", value: Math.random(), timestamp: Date.now(), step: step + at }));
    const answer = await mlflow("runs/log-batch", { run_id: runId, metrics });
    if (answer.ok) for (const metric of metrics) acked.set(metric.step, metric.value);
    else {
      expect(answer.status).toBe(503);
      return step;
    }
  }
}

test("what has no room is refused and leaves nothing; what was acknowledged stays", async () => {
  const scripts = Array.from({ length: writers }, (_, at) => startWriter(scratch, `script-${at + 1}`));
  await until(async () => scripts.every(({ ledger }) => readFileSync(ledger, "utf8").includes("ack")));
  const runId = await makeRun();
  const kept = new Map<string, string>();
  const acked = new Map<number, number>();
  const refusedSteps: number[] = [];
  let step = 0;
  for (let round = 0; round < rounds; round += 1) {
    const content = randomBytes(3 << 20);
    // Points that are sealed while there is no room.
    step = await logBatches(runId, acked, step, 30);
    fillDisk();
    const refused = await upload(runId, `round-${round}.bin`, content);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toMatch(/full|does not answer/);
    const full = await logBatches(runId, acked, step, 20_000);
    expect(full, "the disk never was full to the database").toBeLessThan(step + 20_000_000);
    step = full;
    refusedSteps.push(step);
    rmSync(ballast);
    await until(async () => (await fetch(`${baseUrl}/health`)).ok);
    await until(async () => (await upload(runId, `round-${round}.bin`, content)).ok);
    kept.set(`round-${round}.bin`, createHash("sha256").update(content).digest("hex"));
    expect(freeBytes()).toBeGreaterThan(0);
    // The batch that was refused may or may not be there: it is sent again under steps of its own.
    step += 1_000;
  }
  for (const { ledger } of scripts) writeFileSync(`${ledger}.stop`, "");
  expect(await Promise.all(scripts.map(({ done }) => done))).toEqual(scripts.map(() => 0));
  for (const { ledger } of scripts) expect(await judge(ledger)).toMatchObject({ lost: [], doubled: [], untried: [] });

  expect(await listNames(runId)).toEqual([...kept.keys()].sort());
  for (const [name, sha256] of kept) {
    const content = Buffer.from(await (await fetch(artifactPath(runId, name), { headers: auth })).arrayBuffer());
    expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
  }
  expect(acked.size).toBeGreaterThanOrEqual(rounds * 30_000);
  const points = await readPoints(runId);
  expect(new Set(points).size).toBe(points.length);
  const held = new Set(points);
  expect([...acked].filter(([at, value]) => !held.has(`${at}:${value}`))).toEqual([]);
  const isTried = (at: number) => acked.has(at) || refusedSteps.some((from) => at >= from && at < from + 1_000);
  expect(points.filter((point) => !isTried(Number(point.split(":")[0])))).toEqual([]);
  console.log(`${rounds} times full; ${acked.size} acknowledged points of batches, each there once`);
});
