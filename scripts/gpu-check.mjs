// Bundles the agent and its check for a host with a GPU into dist/gpu-check/: copy the folder there, then
// `node gpu-check.mjs agent.mjs`. With `--run` it runs here. The host needs Node.js, nvidia-smi and a python3 with PyTorch.
import { spawnSync } from "node:child_process";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;
const folder = `${root}dist/gpu-check`;
await build({
  absWorkingDir: root,
  entryPoints: { agent: "agent/main.ts", "gpu-check": "agent/testing/gpu-check.ts" },
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  banner: {
    js: "import { createRequire as slipwayRequire } from 'node:module'; const require = slipwayRequire(import.meta.url);",
  },
  logLevel: "warning",
});
process.stdout.write(`${folder}\n`);
if (process.argv.includes("--run"))
  process.exit(
    spawnSync(process.execPath, ["gpu-check.mjs", "agent.mjs"], { cwd: folder, stdio: "inherit" }).status ?? 1,
  );
