// Tells whether packages and build are still those of the tree: a hash of what they are made from. No dependencies.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sources = {
  packages: ["package.json", "package-lock.json", ".npmrc"],
  build: ["package-lock.json", "tsconfig.json", "next.config.ts", "postcss.config.mjs", "scripts/build.mjs", "app", "components", "server", "agent", "drizzle/schema", "examples/flights/recipes"],
};

const stampFile = { packages: "node_modules/.slipway-packages", build: "dist/.slipway-build" };

const isTest = /(\.test\.tsx?|\.spec\.ts|\.md)$/;

function* filesOf(path) {
  if (!existsSync(path)) return;
  const entries = readdirSyncOrNull(path);
  if (!entries) return yield path;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && !["fixtures", "testing", "__pycache__", "node_modules"].includes(entry.name)) yield* filesOf(join(path, entry.name));
    else if (entry.isFile() && !isTest.test(entry.name)) yield join(path, entry.name);
  }
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return null;
  }
}

export function stampOf(root, kind) {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources[kind]) {
    for (const file of filesOf(join(root, source))) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

export function isFresh(root, kind) {
  const path = join(root, stampFile[kind]);
  return existsSync(path) && readFileSync(path, "utf8") === stampOf(root, kind);
}

export function writeStamp(root, kind) {
  const path = join(root, stampFile[kind]);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, stampOf(root, kind));
}
