/**
 * Python environments by the hash of their requirements and their Python: built once, in a folder of their own, and
 * then published by one rename of a link, so that a half-built one is never used.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { hostEnvironment, processEnv } from "../env";
import { takeBuildLock } from "./build-lock";
import type { FoundPython } from "./find-pythons";

export type EnvironmentOrder = {
  stateFolder: string;
  requirements: Buffer;
  python: Pick<FoundPython, "path" | "version">;
  uv: boolean;
  /** Set in every process of the build, so that whoever stops the attempt finds them. */
  env: Record<string, string>;
  log: (bytes: Buffer) => void;
  signal: AbortSignal;
};

export class EnvironmentFailed extends Error {}

export function environmentKey(requirements: Buffer, pythonVersion: string): string {
  const hash = createHash("sha256").update(requirements);
  return hash.update(`\u0000${pythonVersion}\u0000${platform()}-${arch()}`).digest("hex").slice(0, 32);
}

function finish(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
}

async function step(order: EnvironmentOrder, command: string, args: string[]): Promise<void> {
  order.signal.throwIfAborted();
  order.log(Buffer.from(`[slipway] ${[command, ...args].join(" ")}\n`));
  const child = spawn(command, args, {
    env: processEnv({ ...hostEnvironment(), ...order.env }),
    stdio: ["ignore", "pipe", "pipe"],
    signal: order.signal,
  });
  child.stdout.on("data", order.log);
  child.stderr.on("data", order.log);
  const code = await finish(child);
  order.signal.throwIfAborted();
  if (code !== 0)
    throw new EnvironmentFailed(
      `The Python environment could not be made: ${command} ended with ${code === null ? "a signal" : `exit code ${code}`}.`,
    );
}

async function build(order: EnvironmentOrder, folder: string): Promise<void> {
  const requirements = join(folder, "requirements.txt");
  const python = join(folder, "bin/python");
  if (order.uv) await step(order, "uv", ["venv", "--python", order.python.path, folder]);
  else await step(order, order.python.path, ["-m", "venv", folder]);
  writeFileSync(requirements, order.requirements);
  if (order.uv)
    return step(order, "uv", ["pip", "install", "--python", python, "--require-hashes", "-r", requirements]);
  const quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  await step(order, python, ["-m", "pip", "install", ...quiet, "--require-hashes", "-r", requirements]);
}

/** What builders that died left behind; the caller holds the lock. */
function clearLeftovers(root: string, key: string): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith(`${key}.`) && !name.startsWith(`${key}.lock`))
      rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** The environment's folder, ready for use. Throws EnvironmentFailed with the build's output in the log. */
export async function prepareEnvironment(order: EnvironmentOrder): Promise<string> {
  const root = join(order.stateFolder, "venvs");
  mkdirSync(root, { recursive: true, mode: 0o755 });
  const key = environmentKey(order.requirements, order.python.version);
  const published = join(root, key);
  const isReady = () => existsSync(join(published, "bin/python"));
  const unlock = await takeBuildLock(`${published}.lock`, isReady, order.signal);
  if (unlock) {
    try {
      clearLeftovers(root, key);
      const name = `${key}.${randomBytes(4).toString("hex")}`;
      await build(order, join(root, name));
      symlinkSync(name, `${published}.link`);
      renameSync(`${published}.link`, published);
    } finally {
      unlock();
    }
  }
  const folder = join(root, readlinkSync(published));
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}
