// First-load script, TTFB, LCP, INP and CLS of each page of a populated portal, beside an empty Next.js page in the same run.
// node bench/pages/run.mjs <url> <e-mail> <password> [loads]      (a running instance whose example has finished)
// SLIPWAY_BENCH_PEER=http://127.0.0.1:5000/#/experiments/1 measures that page beside them: MLflow's own table of runs, filled by `peer.py`.
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { chromium } from "@playwright/test";
import { findChromium } from "../../scripts/chromium.mjs";
import { median, quantile, table } from "../statistics.mjs";
import { measurePage } from "./measure.mjs";

const [url, email, password, loads = "5"] = process.argv.slice(2);
if (!url || !email || !password) throw new Error("Usage: node bench/pages/run.mjs <url> <e-mail> <password> [loads]");
const peer = process.env.SLIPWAY_BENCH_PEER;
const root = new URL("../..", import.meta.url).pathname;
const peerName = "peer: runs in MLflow's own UI";
const floorRoot = `${root}bench/pages/floor`;
const next = `${root}node_modules/next/dist/bin/next`;

const pages = {
  Home: "", Catalog: "/catalog", "A feature": "/catalog/views/origin_delays?feature=origin_mean_delay_24h", Experiments: "/experiments",
  Runs: "/experiments/1", Launch: "/experiments/launch", Evaluations: "/evaluations", Models: "/models", "A model": "/models/flight-delay",
  Monitoring: "/monitoring", "A monitor": "/monitoring/flight-delay", Compute: "/compute", Members: "/settings/members", Tokens: "/settings/tokens",
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function startFloor() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const built = spawnSync(process.execPath, [next, "build", floorRoot], { env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", floorRoot, "-p", String(port), "-H", "127.0.0.1"], { env, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}/`;
  while (!(await fetch(address).then(() => true, () => false))) await new Promise((resolve) => setTimeout(resolve, 100));
  return { address, stop: () => child.kill() };
}

async function signIn(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  const state = await context.storageState();
  const project = new URL(page.url()).pathname;
  await context.close();
  return { state, project };
}

function rowOf(name, samples) {
  const of = (key) => samples.map((sample) => sample[key]);
  return [
    name, median(of("firstKb")).toFixed(0), median(of("allKb")).toFixed(0), median(of("ttfb")).toFixed(0), quantile(of("ttfb"), 0.95).toFixed(0),
    median(of("lcp")).toFixed(0), quantile(of("lcp"), 0.95).toFixed(0), Math.max(...of("inp")).toFixed(0), Math.max(...of("cls")).toFixed(3),
  ];
}

const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const floor = await startFloor();
try {
  const { state, project } = await signIn(browser);
  const samples = new Map([["floor: an empty Next.js page", []], ...Object.keys(pages).map((name) => [name, []])]);
  for (let load = 0; load < Number(loads); load += 1) {
    samples.get("floor: an empty Next.js page").push(await measurePage(browser, floor.address, null));
    if (peer) samples.set(peerName, [...(samples.get(peerName) ?? []), await measurePage(browser, peer, { cookies: [], origins: [] })]);
    for (const [name, path] of Object.entries(pages)) samples.get(name).push(await measurePage(browser, `${url}${project}${path}`, state));
  }
  const head = ["page", "first-load JS, kB gz", "all JS, kB", "TTFB p50, ms", "TTFB p95", "LCP p50, ms", "LCP p95", "INP max, ms", "CLS max"];
  process.stdout.write(`${table(head, [...samples].map(([name, all]) => rowOf(name, all)))}\n`);
} finally {
  floor.stop();
  await browser.close();
}
