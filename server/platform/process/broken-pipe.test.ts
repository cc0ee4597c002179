/** A process whose lines nobody reads any more ends all the same: nothing is left behind by a supervisor that was killed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "slipway-broken-pipe-"));
const program = join(folder, "logs.mjs");

beforeAll(async () => {
  const contents = `
    import { logger } from "@/server/platform/log";
    process.on("message", () => {
      for (let at = 0; at < 100; at += 1) logger.warn({ at, text: "x".repeat(10_000) }, "to nobody");
      process.exit(7);
    });
    logger.warn("ready");
    process.send("ready");`;
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  await build({ stdin: { contents, resolveDir: process.cwd(), loader: "ts" }, bundle: true, platform: "node", format: "esm", outfile: program, banner, alias: { "@": process.cwd() }, logLevel: "silent" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("ends though its pipe is broken", async () => {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit", "ipc"], env: { ...process.env, SLIPWAY_LOG_LEVEL: "info" } });
  try {
    const [line] = await once(child.stdout ?? child, "data");
    expect(JSON.parse(String(line))).toMatchObject({ level: 40, msg: "ready" });
    child.stdout?.destroy();
    child.send("go");
    expect(await once(child, "exit", { signal: AbortSignal.timeout(15_000) })).toEqual([7, null]);
  } finally {
    child.kill("SIGKILL");
  }
});
