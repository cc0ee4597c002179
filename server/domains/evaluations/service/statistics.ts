/** Runs the statistics in a worker thread of its own; the thread's file stands beside the bundle, or beside the sources. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { ComparisonResult, EvaluationResult } from "../contract/result";
import type { CompareTask, EvaluateTask } from "../rules/solve-task";

/** Started from sources (tests, `npm run dev`), the thread compiles itself as it loads. */
const loadSource = (file: string) =>
  `import("tsx/esm/api").then(({ tsImport }) => tsImport(${JSON.stringify(file)}, ${JSON.stringify(file)}))`;

function startThread(workerData: EvaluateTask | CompareTask): Worker {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, "statistics-thread.mjs");
  if (existsSync(bundled)) return new Worker(bundled, { workerData });
  const source = pathToFileURL(join(here, "..", "statistics-thread.ts")).href;
  return new Worker(loadSource(source), { eval: true, workerData });
}

function runThread(task: EvaluateTask | CompareTask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const thread = startThread(task);
    thread.once("message", (result: unknown) => resolve(result));
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the statistics thread ended with code ${code} before its result`)));
  });
}

export async function evaluateInThread(task: EvaluateTask): Promise<EvaluationResult> {
  return EvaluationResult.parse(await runThread(task));
}

export async function compareInThread(task: CompareTask): Promise<ComparisonResult> {
  return ComparisonResult.parse(await runThread(task));
}
