/**
 * kill -9 at random moments of gateway, web, worker, agent and database, while the example trains and scripts and jobs
 * log beside it: what was acknowledged is there exactly once, every job ends in a legal state with its log whole, the
 * example comes to its end, and the audit chain holds. SLIPWAY_KILLS and SLIPWAY_KILL_SEED change how often and when,
 * SLIPWAY_KILL_WRITERS how many scripts log, SLIPWAY_KILL_TARGETS what is killed (`server,database`).
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { api, baseUrl, connect, python } from "../instance";
import { isTraining, readCurves, readExample, readJobs } from "./example";
import { judge } from "./ledger";
import { findProcess, processesWith, type Target, targets } from "./process-tree";
import { patience, startWriter, writerScript } from "./writers";

const kills = Number(process.env.SLIPWAY_KILLS ?? 50);
const seed = Number(process.env.SLIPWAY_KILL_SEED ?? Date.now() % 2 ** 31);
const writers = Number(process.env.SLIPWAY_KILL_WRITERS ?? 2);
const killed = (process.env.SLIPWAY_KILL_TARGETS?.split(",") ?? Object.keys(targets)).filter((name): name is Target => name in targets);
const supervisor = Number(process.env.SLIPWAY_E2E_PID);
let scratch = "";
/** Four candidates, the leaky one, and the retrained one. */
const trainings = 6;
const finalStates = ["succeeded", "failed", "cancelled", "timed_out", "lost"];

test.setTimeout(20 * 60_000 + kills * 12_000);
// Not as the file is read: Playwright reads it in more than one process.
test.beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-kills-"));
});
test.afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** mulberry32: small, seeded, good enough to pick moments. */
function random(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

type Submitted = { jobId: string; ledger: string };

/** Asked again under the same key until it is answered: one submission is one job. */
async function submitJob(index: number): Promise<Submitted> {
  const ledger = join(scratch, `job-${index}`);
  const headers = {
    authorization: `Bearer ${connect.SLIPWAY_TOKEN}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  const body = JSON.stringify({
    name: `ledger ${index}`,
    command: [python, writerScript, ledger, "60", "0.1"],
    env: patience,
    resources: { cpus: 0.1, memoryBytes: 256 * 1024 ** 2, gpus: 0 },
    // Its client waits longer each time it is refused: where kills go on for long, so does the job.
    timeLimitSeconds: 600 + kills * 12,
    maxAttempts: 3,
  });
  for (;;) {
    const response = await fetch(`${baseUrl}/api/v1/jobs`, { method: "POST", headers, body }).catch(() => null);
    if (response?.ok) return { jobId: ((await response.json()) as { jobId: string }).jobId, ledger };
    if (response && response.status < 500)
      throw new Error(`a job was refused: ${response.status} ${await response.text()}`);
    await pause(100);
  }
}

type Job = { state: string; cause: string | null; attempts: { number: number }[] };

async function readUntil<T>(read: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read().catch(() => null);
    if (value !== null && isIt(value)) return value;
    await pause(250);
  }
}

/** The clients wait longer each time they are refused: where kills follow each other blindly, hardly a point is ever under way. */
async function untilLogged(ledgers: readonly string[], from: number): Promise<void> {
  for (let waited = 0; waited < 30_000 && countAcks(ledgers) === from; waited += 100) await pause(100);
}

const countAcks = (ledgers: readonly string[]) => ledgers.reduce((sum, ledger) => sum + (readFileSync(ledger, "utf8").match(/^ack /gm)?.length ?? 0), 0);

/** At a random moment: two of three while points are logged again, the third whatever goes on, recovery too. */
async function killAtRandom(next: () => number, ledgers: readonly string[]): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  let acked = 0;
  for (let count = 0; count < kills; ) {
    if (next() < 2 / 3) await untilLogged(ledgers, acked);
    await pause(next() * 2_000);
    acked = countAcks(ledgers);
    const target = killed[Math.floor(next() * killed.length)] ?? "server";
    const pid = findProcess(supervisor, target);
    if (pid === null) continue;
    process.kill(pid, "SIGKILL");
    done[target] = (done[target] ?? 0) + 1;
    count += 1;
  }
  return done;
}

test(`${kills} kill -9 lose and double nothing`, async () => {
  const next = random(seed);
  await readUntil(readExample, isTraining);
  const scripts = Array.from({ length: writers }, (_, index) => startWriter(scratch, `script-${index + 1}`));
  const jobs: Submitted[] = [];
  let isOver = false;
  const submitting = (async () => {
    for (let index = 0; !isOver; index += 1) {
      const job = await submitJob(index);
      jobs.push(job);
      await readUntil(
        () => api<Job>("GET", `/jobs/${job.jobId}`),
        ({ state }) => isOver || finalStates.includes(state),
      );
    }
  })();
  await Promise.all(
    scripts.map(({ ledger }) =>
      readUntil(
        async () => readFileSync(ledger, "utf8"),
        (text) => text.includes("ack"),
      ),
    ),
  );
  const done = await killAtRandom(next, scripts.map(({ ledger }) => ledger));
  isOver = true;
  for (const { ledger } of scripts) writeFileSync(`${ledger}.stop`, "");
  expect(await Promise.all(scripts.map(({ done: end }) => end))).toEqual(scripts.map(() => 0));
  await submitting;
  console.log(`killed ${JSON.stringify(done)} with seed ${seed}; ${jobs.length} jobs`);

  for (const { jobId, ledger } of jobs) {
    const job = await readUntil(
      () => api<Job>("GET", `/jobs/${jobId}`),
      ({ state }) => finalStates.includes(state),
    );
    expect(job).toMatchObject({ state: "succeeded", cause: "completed" });
    const response = await fetch(`${baseUrl}/api/v1/jobs/${jobId}/log`, {
      headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` },
    });
    const lines = (await response.text()).split("\n").filter((line) => /^step \d+$/.test(line));
    expect(lines).toEqual(Array.from({ length: 60 }, (_, step) => `step ${step}`));
    // The process that reported its end may itself be about to end.
    await expect.poll(() => processesWith(ledger)).toEqual([]);
  }
  let acked = 0;
  for (const { ledger } of [...scripts, ...jobs]) {
    const verdict = await judge(ledger);
    expect(verdict).toMatchObject({ lost: [], doubled: [], untried: [] });
    expect(verdict.acked).toBeGreaterThan(0);
    acked += verdict.acked;
  }
  console.log(`${acked} acknowledged points, each there once`);
  await expectWholeExample();
  expect(await api("GET", "/audit/verify")).toMatchObject({ brokenAt: null });
});

/** A training script ends at the first point that is refused: where one finished, all its steps were acknowledged. */
async function expectWholeExample(): Promise<void> {
  const { state, steps } = await readUntil(readExample, (example) => example.state !== "running");
  expect(steps.filter((step) => step.state !== "succeeded")).toEqual([]);
  expect(state).toBe("succeeded");
  const curves = await readCurves();
  expect(new Set(curves.map(({ name }) => name)).size).toBe(trainings);
  for (const curve of curves) {
    expect(curve).toMatchObject({ status: "FINISHED", missing: [], doubled: [] });
    expect(curve.points).toBeGreaterThan(0);
  }
  const jobs = await readJobs();
  // The replay goes on as live traffic does; everything else is over.
  expect(jobs.filter((job) => job.state !== "succeeded" && !job.name.startsWith("Replay"))).toEqual([]);
  console.log(`${jobs.length} jobs of the project, ${curves.length} curves of the example with ${curves.reduce((sum, { points }) => sum + points, 0)} points, none doubled; begun again: ${curves.filter(({ attempts }) => attempts > 1).map(({ name, key }) => `${name} ${key}`).join(", ") || "none"}`);
}
