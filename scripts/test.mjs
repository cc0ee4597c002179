// `npm test`: types, lint, unit and service tests, build, browser and protocol tests; ends with one line of counts.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNode, ensureExampleData, ensurePackages, runQuietly } from "./packages.mjs";
import { isFresh } from "./stamps.mjs";
import { TestTotals } from "./testing/totals.mjs";

const root = new URL("..", import.meta.url).pathname;
const isPeers = process.argv.includes("--peers");
/** `npm test -- --browser`: only the stages that need a running instance, for use while working on pages. */
const isBrowserOnly = process.argv.includes("--browser");
/** `npm test -- --example`: only the example and the main job in the browser. */
const isExampleOnly = process.argv.includes("--example");
/** `npm test -- --kills`: only the kills, SLIPWAY_KILLS of them. */
const isKillsOnly = process.argv.includes("--kills");
/** `npm test -- --faults`: only the full disk. */
const isFaultsOnly = process.argv.includes("--faults");
const isOneStage = isPeers || isBrowserOnly || isExampleOnly || isKillsOnly || isFaultsOnly;
const scratch = mkdtempSync(join(tmpdir(), "slipway-test-run-"));
const totals = new TestTotals();
let isBroken = false;

/** What is asked to end ends what it started: the child that runs, then, behind it, its instance. */
let endedBy = null;
let running = null;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    endedBy ??= signal;
    // In a terminal Ctrl-C reaches the whole group by itself, and a second one would cut off how a child cleans up.
    if (signal !== "SIGINT" || !process.stdin.isTTY) running?.kill("SIGTERM");
  });
}

async function stage(name, work) {
  if (endedBy) return;
  const from = performance.now();
  process.stdout.write(`\n── ${name}\n`);
  try {
    await work();
    process.stdout.write(`── ${name}: ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    // The stages after it still run: one run tells all there is to mend.
    isBroken = true;
    totals.fail(name, error.message);
    process.stdout.write(`── ${name} FAILED: ${error.message}\n`);
  }
}

/** Output goes straight to the terminal; the exit code is ours to judge, for counts come first. */
function runLoudly(command, args, env = {}) {
  // Asked to end while a stage prepared: it is not begun.
  if (endedBy) return Promise.resolve(1);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    running = child;
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      running = null;
      resolve(signal ? 1 : code);
    });
  });
}

const bin = (name) => join(root, "node_modules", ".bin", name);

async function mustPass(command, args) {
  const code = await runLoudly(command, args);
  if (code !== 0) throw new Error(`exit code ${code}`);
}

async function unitTests(filters = [], env = {}) {
  const report = join(scratch, "vitest.json");
  const reporters = ["--reporter=./scripts/testing/quiet-reporter.mjs", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runLoudly(bin("vitest"), ["run", ...filters, ...reporters], env);
  totals.addVitest(report, root);
  if (code !== 0) isBroken = true;
}

/** Triton's own client against the whole gateway: too large to be installed for every run. */
async function tritonTests() {
  const { ensurePythonClients } = await import("./python-clients.mjs");
  await unitTests(["inference-protocol"], { SLIPWAY_TRITON_PYTHON: await ensurePythonClients(root, "peers") });
}

/** `example`: "none", "running" (the tests begin while it does) or "done"; `place`: the data folder, where it is not one of its own. */
async function browserTests(project, { example = "none", place = null } = {}) {
  const { findChromium } = await import("./chromium.mjs");
  const { ensurePythonClients } = await import("./python-clients.mjs");
  const { startInstance, untilExampleIsDone } = await import("./test-instance.mjs");
  const chromium = await findChromium();
  const python = await ensurePythonClients(root, project === "peers" ? "peers" : "clients");
  // With scikit-learn and LightGBM beside the client, for what it logs by itself.
  const tracking = project === "peers" ? { SLIPWAY_E2E_TRACKING_PYTHON: await ensurePythonClients(root, "tracking") } : {};
  // The tests' webhook receiver and git server stand on this machine.
  if (example !== "none") await ensureExampleData(root);
  if (endedBy) return;
  const instance = await startInstance(root, example === "none" ? ["--empty"] : [], { SLIPWAY_ALLOW_PRIVATE_WEBHOOKS: "true", SLIPWAY_ALLOW_PRIVATE_GIT: "true" }, place);
  const report = join(scratch, `playwright-${project}.json`);
  try {
    if (endedBy) return;
    const ran = example === "done" ? await untilExampleIsDone(instance, () => endedBy !== null) : null;
    if (ran !== null) process.stdout.write(`the example ran in ${(ran / 1000).toFixed(0)} s\n`);
    if (endedBy) return;
    const code = await runLoudly(bin("playwright"), ["test", `--project=${project}`, "--reporter=line,json"], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      SLIPWAY_E2E_CHROMIUM: chromium,
      SLIPWAY_E2E_PYTHON: python,
      ...tracking,
      SLIPWAY_E2E_FOLDER: instance.folder,
      SLIPWAY_E2E_OWNER_LINK: instance.ownerLink,
      SLIPWAY_E2E_URL: instance.connect.SLIPWAY_URL,
      SLIPWAY_E2E_PID: String(instance.pid),
    });
    totals.addPlaywright(report);
    if (code !== 0) isBroken = true;
  } finally {
    await instance.stop();
  }
}

async function fullDisk() {
  const { mountSmallDisk } = await import("./testing/small-disk.mjs");
  const disk = mountSmallDisk(700);
  if (disk.folder === null) return totals.skip("a full disk", disk.why);
  try {
    await browserTests("faults", { place: disk.folder });
  } finally {
    disk.unmount();
  }
}

async function all() {
  if (!isOneStage) {
    await stage("types", () => mustPass(bin("tsc"), ["--noEmit"]));
    await stage("lint", async () => {
      await mustPass(bin("biome"), ["lint", "--diagnostic-level=error", "."]);
      await mustPass(process.execPath, ["scripts/lint-architecture.mjs"]);
      await mustPass(bin("knip"), ["--no-progress"]);
    });
    await stage("unit and service tests", () => unitTests());
  }
  await stage("build", async () => {
    if (!isFresh(root, "build")) await runQuietly(process.execPath, ["scripts/build.mjs"], { cwd: root });
  });
  if (!isOneStage || isBrowserOnly) await stage("browser and protocol tests", () => browserTests("main"));
  if (isPeers) await stage("peers", () => browserTests("peers"));
  if (isPeers) await stage("tritonclient", tritonTests);
  if (isPeers || isExampleOnly) await stage("the example, and the main job on it", () => browserTests("journey", { example: "done" }));
  if (isPeers || isFaultsOnly) await stage("a full disk", fullDisk);
  if (isPeers || isKillsOnly) await stage("a sweep, killed twice", () => browserTests("sweep-kills"));
  if (isPeers || isKillsOnly) await stage("kill -9", () => browserTests("chaos", { example: "running" }));
}

try {
  checkNode();
  await ensurePackages(root);
  await all();
} catch (error) {
  isBroken = true;
  totals.fail("setting up", error.message);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (endedBy) totals.fail("the run", `ended by ${endedBy}`);
if (isBroken && totals.failed === 0) totals.fail("a test runner", "ended with an error though each of its tests passed: see above");
totals.print();
process.exit(totals.failed > 0 ? 1 : 0);
