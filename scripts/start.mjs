// `npm start`: packages, build, then the supervisor. Uses nothing but Node.js until packages are there.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkNode, ensureExampleData, ensurePackages, runQuietly } from "./packages.mjs";
import { isFresh } from "./stamps.mjs";

const root = new URL("..", import.meta.url).pathname;
const args = process.argv.slice(2);
const isDev = args.includes("--dev");
const known = ["--empty", "--reset-example", "--dev"];
const clock = performance.now();
const dataFolder = resolve(process.env.SLIPWAY_DATA || `${root}.slipway`);

async function stage(name, work) {
  const from = performance.now();
  process.stdout.write(`  … ${name}\r`);
  const did = await work();
  const took = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`  ✓ ${`${name}${did === false ? " (unchanged)" : ""}`.padEnd(34)} ${took} s\n`);
}

/** One folder after the other: Node's own `recursive` never returns where a file system answers ENOENT (below /proc). */
function ensureDataFolder() {
  const missing = [];
  for (let at = dataFolder; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  try {
    for (const folder of missing) mkdirSync(folder);
    accessSync(dataFolder, constants.W_OK);
  } catch (error) {
    throw new Error(`The data folder ${dataFolder} can't be written (${error.code}). Set SLIPWAY_DATA to one that can.`);
  }
}

/** One after the other, beside everything else; what fails here is made, and complains, when it is needed. */
function prepareEnvironments([first, ...rest]) {
  if (!first || !existsSync(`${root}dist/agent.mjs`)) return;
  const command = ["dist/agent.mjs", "prepare-environment", "--requirements", first.requirements, "--state", first.state];
  const child = spawn(process.execPath, command, { cwd: root, stdio: "ignore" });
  const end = () => child.kill();
  process.on("exit", end);
  child.on("exit", () => {
    process.off("exit", end);
    prepareEnvironments(rest);
  });
}

/** That of the example's own jobs, so that its first training does not wait for it, and the server's, with Optuna. */
const exampleEnvironment = { requirements: "examples/flights/requirements.txt", state: join(dataFolder, "agent") };
const sweepEnvironment = { requirements: "server/domains/experiments/sweep-python/requirements.txt", state: "node_modules/.cache/slipway-sweeps" };

async function ensureBuild() {
  if (isFresh(root, "build")) return false;
  await runQuietly(process.execPath, ["scripts/build.mjs"], { cwd: root });
  return true;
}

/** The supervisor takes over the terminal; its exit code is ours. */
function supervise() {
  const script = isDev ? ["--import", "tsx", "server/supervisor/main.ts"] : ["--enable-source-maps", "dist/supervisor.mjs"];
  const env = { ...process.env, SLIPWAY_STARTED_MS_AGO: String(Math.round(performance.now() - clock)) };
  const child = spawn(process.execPath, [...script, ...args], { cwd: root, env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal === "SIGINT" ? "SIGTERM" : signal));
  // npm runs us below a shell that passes no signal on: when it is gone, so are we.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1_000).unref();
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

try {
  checkNode();
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown) throw new Error(`There is no argument ${unknown}. There are ${known.join(", ")}.`);
  process.stdout.write("Slipway\n");
  ensureDataFolder();
  await stage("packages", () => ensurePackages(root));
  await stage("example data", async () => !args.includes("--empty") && ensureExampleData(root));
  if (!isDev) await stage("build", ensureBuild);
  prepareEnvironments([...(args.includes("--empty") ? [] : [exampleEnvironment]), sweepEnvironment]);
  supervise();
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
}
