// Installs packages when the lock file is not what node_modules was made from. No dependencies.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isFresh, writeStamp } from "./stamps.mjs";

export const oldestNode = 20;

export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new Error(`Node.js ${process.versions.node} is too old: Slipway needs ${oldestNode} or newer. Install it, then run the command again.`);
  }
}

/** Runs a program; its output is kept and shown only when it fails. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(" ")} failed:\n${output.slice(0, 3000)}`))));
  });
}

export async function ensurePackages(root) {
  if (isFresh(root, "packages")) return false;
  try {
    // Not `npm ci`: it takes all of node_modules away first, and an update is to be quick.
    await runQuietly("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: root, env: { ...process.env, NODE_ENV: "development" } });
  } catch (error) {
    throw new Error(`Packages could not be installed. Is there a network, and room on the disk?\n${error.message}`);
  }
  writeStamp(root, "packages");
  return true;
}

/** The example's flights come from a package of their own, pinned in its folder. */
export async function ensureExampleData(root) {
  const folder = `${root}examples/flights`;
  if (existsSync(`${folder}/node_modules/vega-datasets/data/flights-3m.parquet`)) return false;
  try {
    await runQuietly("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  } catch (error) {
    throw new Error(`The example's data could not be installed. Is there a network, and room on the disk? Without the example: npm start -- --empty\n${error.message}`);
  }
  return true;
}
