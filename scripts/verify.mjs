// `npm run verify`: the fast part of the tests, for use while working: types, lint, pure rules.
import { spawnSync } from "node:child_process";
import { ensurePackages } from "./packages.mjs";

const root = new URL("..", import.meta.url).pathname;
await ensurePackages(root);
const steps = [
  ["node_modules/.bin/tsc", "--noEmit"],
  ["node_modules/.bin/biome", "lint", "--diagnostic-level=error", "."],
  [process.execPath, "scripts/lint-architecture.mjs"],
  ["node_modules/.bin/knip", "--no-progress"],
  ["node_modules/.bin/vitest", "run", "--reporter=dot", "rules", "components"],
];
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
