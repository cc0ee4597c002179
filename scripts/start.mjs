// `npm start`: packages, build, then the supervisor. Uses nothing but Node.js until packages are there.
import { spawn } from "node:child_process";
import { checkNode, ensurePackages, runQuietly } from "./packages.mjs";
import { isFresh } from "./stamps.mjs";

const root = new URL("..", import.meta.url).pathname;
const args = process.argv.slice(2);
const isDev = args.includes("--dev");
const clock = performance.now();

async function stage(name, work) {
  const from = performance.now();
  process.stdout.write(`  … ${name}\r`);
  const did = await work();
  const took = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`  ✓ ${`${name}${did === false ? " (unchanged)" : ""}`.padEnd(34)} ${took} s\n`);
}

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
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

try {
  checkNode();
  process.stdout.write("Slipway\n");
  await stage("packages", () => ensurePackages(root));
  if (!isDev) await stage("build", ensureBuild);
  supervise();
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
}
