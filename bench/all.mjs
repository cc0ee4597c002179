// Every bench of experiments, one after the other on an idle machine: their tables, then each goal with what was measured.
// node bench/all.mjs [--quick | --full] [bench …]      (--quick: small sizes, to see that they run; --full: also the whole shape of `stress`)
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "./statistics.mjs";
import { verdictRows } from "./verdicts.mjs";

const isQuick = process.argv.includes("--quick");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const root = new URL("..", import.meta.url).pathname;

const benches = {
  "log-metrics": isQuick ? ["1", "--history", "100000"] : ["3", "--history", "1e7"],
  "search-runs": isQuick ? ["10000", "10"] : [],
  "compare-charts": isQuick ? ["100", "20000", "5"] : [],
  stress: isQuick ? ["--scale", "0.02", "2"] : process.argv.includes("--full") ? ["--full"] : ["--scale", "0.1"],
  live: isQuick ? ["40", "200", "10"] : [],
};

const unknown = named.find((name) => !(name in benches));
if (unknown) throw new Error(`There is no bench ${unknown}: ${Object.keys(benches).join(", ")}.`);

function run(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
}

const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const file = join(folder, "verdicts.jsonl");
const failed = [];
try {
  if ((await run(process.execPath, ["scripts/build.mjs"])) !== 0) throw new Error("The build failed.");
  for (const [name, args] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stdout.write(`\n## ${name}\n\n`);
    if ((await run(process.execPath, [`bench/${name}/run.mjs`, ...args], { SLIPWAY_BENCH_VERDICTS: file })) !== 0) failed.push(name);
  }
  const judged = failed.length === Object.keys(benches).length ? [] : readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const rows = judged.map((one) => [one.bench, ...verdictRows([one])[0]]);
  process.stdout.write(`\n## All goals\n\n${table(["bench", "what", "measured", "goal", "verdict"], rows)}\n`);
  if (failed.length > 0) process.stdout.write(`\nEnded with an error: ${failed.join(", ")}.\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
