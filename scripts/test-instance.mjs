// An instance of its own for the tests: a free port, a data folder that is thrown away, nothing shared with a running one.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseHomeOutside } from "./database-home.mjs";

const readyWithinMs = 120_000;

/** Settings of a surrounding instance must not leak in. */
function cleanEnvironment() {
  const names = Object.keys(process.env).filter((name) => /^(SLIPWAY_|MLFLOW_|DATABASE_URL$|NEXTAUTH_)/.test(name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name)));
}

export function readConnectFile(folder) {
  const lines = readFileSync(join(folder, "connect.env"), "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** `place`: a folder that someone else takes away. */
export async function startInstance(root, args = ["--empty"], settings = {}, place = null) {
  const folder = place ?? mkdtempSync(join(tmpdir(), "slipway-e2e-"));
  const env = { ...cleanEnvironment(), SLIPWAY_DATA: folder, SLIPWAY_PORT: "0", ...settings };
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/supervisor.mjs", ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let output = "";
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The test instance was not ready in time:\n${output}`)), readyWithinMs);
    const onText = (text) => {
      output += text;
      if (/Ctrl-C stops everything/.test(output)) resolve(clearTimeout(timer));
    };
    child.stdout.on("data", onText);
    child.stderr.on("data", onText);
    child.once("exit", (code) => reject(new Error(`The test instance ended with code ${code}:\n${output}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
    }
    const outside = databaseHomeOutside(folder);
    for (const own of [outside, place ? null : folder]) if (own) rmSync(own, { recursive: true, force: true });
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  const ownerLink = /(https?:\/\/\S+\/welcome#\S+)/.exec(output)?.[1] ?? "";
  return { folder, pid: child.pid, connect: readConnectFile(folder), ownerLink, stop };
}

/** Waits until the example's last step is done and gives its time in ms, or until `isEnded` and gives null; a step that failed ends the wait with its words. */
export async function untilExampleIsDone({ connect }, isEnded, withinMs = 20 * 60_000) {
  const from = performance.now();
  while (performance.now() - from < withinMs) {
    if (isEnded()) return null;
    const headers = { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` };
    const example = await fetch(`${connect.SLIPWAY_URL}/api/v1/example`, { headers }).then((answer) => answer.json(), () => ({ state: "running" }));
    if (example.state === "succeeded") return performance.now() - from;
    if (example.state === "failed") throw new Error(`The example failed: ${JSON.stringify(example.steps.filter((step) => step.state === "failed"))}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("The example was not done in time.");
}
