/** The worker thread that computes one evaluation or comparison: seconds of pure arithmetic, off every event loop. */
import { parentPort, workerData } from "node:worker_threads";
import { type CompareTask, type EvaluateTask, solveComparison, solveEvaluation } from "./rules/solve-task";

const task = workerData as EvaluateTask | CompareTask;
parentPort?.postMessage(task.kind === "evaluate" ? solveEvaluation(task) : solveComparison(task));
