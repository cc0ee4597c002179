// How long a newcomer waits: a fresh clone's first start with the whole example, a second start, and one after kill -9.
// node bench/start/run.mjs [--cold]      (--cold: with empty npm and pip caches of its own)
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseHomeOutside } from "../../scripts/database-home.mjs";
import { readConnectFile } from "../../scripts/test-instance.mjs";
import { table } from "../statistics.mjs";

const isCold = process.argv.includes("--cold");
const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "slipway-bench-start-"));
const clone = join(folder, "clone");
const caches = isCold ? { npm_config_cache: join(folder, "npm"), PIP_CACHE_DIR: join(folder, "pip"), UV_CACHE_DIR: join(folder, "uv") } : {};
const env = { ...process.env, ...caches, SLIPWAY_PORT: "0", SLIPWAY_DATA: join(clone, ".slipway") };
const rows = [];
const report = (what, from) => {
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  rows.push([what, seconds]);
  process.stdout.write(`${what}: ${seconds} s\n`);
};

function start() {
  const child = spawn("npm", ["start"], { cwd: clone, env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const ready = new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
      if (output.includes("Ctrl-C stops everything")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  return { child, ready };
}

function isGroupAlive(pid) {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** npm itself ends at once; the supervisor behind it ends everything in order first. */
async function stop({ child }) {
  process.kill(-child.pid, "SIGTERM");
  while (isGroupAlive(child.pid)) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function followExample(from) {
  const { SLIPWAY_URL, SLIPWAY_TOKEN } = readConnectFile(env.SLIPWAY_DATA);
  const ask = async (path) => (await fetch(`${SLIPWAY_URL}/api/v1${path}`, { headers: { authorization: `Bearer ${SLIPWAY_TOKEN}` } })).json();
  const awaited = new Map([["judge-logistic", "first champion"], ["retrain", "every page of the rail populated"]]);
  for (;;) {
    const { state, steps } = await ask("/example");
    for (const { name } of steps.filter((step) => step.state === "succeeded" && awaited.has(step.name))) {
      report(awaited.get(name), from);
      awaited.delete(name);
    }
    if (state === "succeeded") return report("the sweep and the report too", from);
    if (state === "failed") throw new Error(`The example failed: ${JSON.stringify(steps)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The supervisor, by its lock, and the PostgreSQL below it, wherever its files lie (Linux). */
function killHard() {
  const { pid } = JSON.parse(readFileSync(join(env.SLIPWAY_DATA, "supervisor.lock"), "utf8"));
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const postgres = children.find((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").split("\0")[0].endsWith("postgres"));
  if (!postgres) throw new Error("There is no PostgreSQL below the supervisor.");
  process.kill(pid, "SIGKILL");
  process.kill(Number(postgres), "SIGKILL");
}

try {
  execFileSync("git", ["clone", "--quiet", root, clone]);
  let from = performance.now();
  const first = start();
  await first.ready;
  report(`fresh clone, ${isCold ? "cold" : "warm"} caches: URL and link`, from);
  await followExample(from);
  await stop(first);

  from = performance.now();
  const second = start();
  await second.ready;
  report("second start, unchanged tree", from);
  killHard();
  await new Promise((resolve) => second.child.once("exit", resolve));

  from = performance.now();
  const third = start();
  await third.ready;
  report("start after kill -9 of supervisor and PostgreSQL", from);
  await stop(third);
  if (isGroupAlive(second.child.pid)) throw new Error("Processes of the start that was killed are left.");
  process.stdout.write(`\n${table(["stage", "seconds"], rows)}\n`);
} finally {
  const outside = existsSync(env.SLIPWAY_DATA) ? databaseHomeOutside(env.SLIPWAY_DATA) : null;
  for (const place of outside ? [outside, folder] : [folder]) rmSync(place, { recursive: true, force: true });
}
