// Builds what runs: esbuild bundles of the server's processes and the agent, and the Next.js portal. Both at once.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { build } from "esbuild";
import { writeStamp } from "./stamps.mjs";

const root = new URL("..", import.meta.url).pathname;

/** Bundled so that no TypeScript is compiled at run time; packages stay outside, for their native parts. */
async function bundleServer() {
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: "server/main.ts",
      worker: "server/worker.ts",
      web: "server/web.ts",
      supervisor: "server/supervisor/main.ts",
      "statistics-thread": "server/domains/evaluations/statistics-thread.ts",
      "inference-thread": "server/domains/models/serving/runtime/inference-thread.ts",
    },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}

async function bundleAgent() {
  if (!existsSync(`${root}agent/main.ts`)) return;
  await build({
    absWorkingDir: root,
    entryPoints: { agent: "agent/main.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Bundled CommonJS packages ask for require.
    banner: { js: "import { createRequire as slipwayRequire } from 'node:module'; const require = slipwayRequire(import.meta.url);" },
    sourcemap: true,
    logLevel: "warning",
  });
}

function buildPortal() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`next build failed:\n${output.slice(-6000)}`))));
  });
}

await bundleAgent();
await Promise.all([bundleServer(), buildPortal()]);
await writeStamp(root, "build");
