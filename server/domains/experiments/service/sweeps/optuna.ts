/**
 * Optuna, in a Python environment of the server's own: one short process a question (sweep-python/study.py), which is
 * given the whole past and keeps nothing.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Unavailable } from "@/server/platform/errors";
import { logger } from "@/server/platform/log";
import { gridFault, gridValues } from "../../rules/sweeps/space";
import type { SweepRow } from "../../store/sweeps/sweeps";
import type { TrialRow } from "../../store/sweeps/trials";

const run = promisify(execFile);
const folder = "server/domains/experiments/sweep-python";
/** Beside the packages, not in the data folder: it is a part of the program. */
const stateFolder = "node_modules/.cache/slipway-sweeps";
const answerWithinMs = 180_000;
const installWithinMs = 900_000;

async function makeEnvironment(): Promise<string> {
  const built = join(process.cwd(), "dist/agent.mjs");
  const agent = existsSync(built) ? [built] : ["--import", "tsx", "agent/main.ts"];
  const args = [...agent, "prepare-environment", "--requirements", `${folder}/requirements.txt`, "--state", stateFolder];
  try {
    const { stdout } = await run(process.execPath, args, { timeout: installWithinMs, maxBuffer: 64 * 1024 ** 2 });
    return stdout.trim().split("\n").at(-1) ?? "";
  } catch (error) {
    logger.error({ err: error }, "the Python environment of sweeps could not be made");
    throw new Unavailable("Optuna could not be installed: the server needs Python 3.10 or newer and its package index. Its log says more.");
  }
}

let python: Promise<string> | null = null;

/** Made once a process, and looked for again after a failure. */
function findPython(): Promise<string> {
  python ??= makeEnvironment().catch((error) => {
    python = null;
    throw error;
  });
  return python;
}

/** Makes what the first question would otherwise wait for: minutes, once a checkout. */
export async function prepareOptuna(): Promise<void> {
  await findPython();
}

/** `after`: the last step that was decided on. */
export type Running = { number: number; after: number };
type Asked = { ask: "ask"; count: number } | { ask: "prune"; running: Running[] } | { ask: "importance" };

const ended = (row: { params: unknown; value: number }) => ({ ...row, state: "complete", attrs: {}, reported: [] });

/** Everything that the study is built from. */
function studyOf({ id, spec, history }: SweepRow, trials: readonly TrialRow[]) {
  const { space, sampler, pruner, seed, objective } = spec;
  // One that was launched before there was a limit.
  const fault = sampler.kind === "grid" ? gridFault(space) : null;
  if (fault) throw new RangeError(fault.message);
  return {
    name: id, direction: objective.direction, space, sampler, pruner, seed,
    grid: sampler.kind === "grid" ? Object.fromEntries(space.map((entry) => [entry.name, gridValues(entry)])) : null,
    history: history.map(ended),
    trials: trials.map(({ state, params, value, attrs, reported }) => ({ state, params, value, attrs, reported })),
  };
}

async function talk(question: unknown): Promise<unknown> {
  const child = spawn(await findPython(), [join(folder, "study.py")], {
    env: { NODE_ENV: "production", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: answerWithinMs,
    killSignal: "SIGKILL",
  });
  const parts: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => (complaint = (complaint + part).slice(-4_000)));
  // One that ends before it has read all says so by its exit code.
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(question));
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code === 0) return JSON.parse(Buffer.concat(parts).toString());
  logger.error({ code, complaint }, "Optuna gave no answer");
  throw new Unavailable(`Optuna gave no answer: ${complaint.trim().split("\n").at(-1) || "its process was ended"}`);
}

const ask = async <S extends z.ZodType>(sweep: SweepRow, trials: readonly TrialRow[], asked: Asked, answer: S): Promise<z.output<S>> =>
  answer.parse(await talk({ ...studyOf(sweep, trials), ...asked }));

const Attrs = z.record(z.string(), z.unknown());
const Params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const Planned = z.object({ asked: z.array(z.object({ number: z.number(), params: Params, attrs: Attrs })) });
const Decided = z.object({ decided: z.array(z.object({ number: z.number(), step: z.number().nullable(), attrs: Attrs })) });
const Importance = z.object({ runs: z.number(), importance: z.array(z.object({ name: z.string(), share: z.number() })).nullable() });

export const askTrials = async (sweep: SweepRow, trials: readonly TrialRow[], count: number) => (await ask(sweep, trials, { ask: "ask", count }, Planned)).asked;
export const decidePruning = async (sweep: SweepRow, trials: readonly TrialRow[], running: Running[]) => (await ask(sweep, trials, { ask: "prune", running }, Decided)).decided;
export const measureImportance = (sweep: SweepRow, trials: readonly TrialRow[]) => ask(sweep, trials, { ask: "importance" }, Importance);
