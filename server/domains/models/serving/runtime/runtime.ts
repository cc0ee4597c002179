/** The one inference thread of a process: started when first asked, replaced when it ends or hangs. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Invalid, Unavailable } from "@/server/platform/errors";
import { logger } from "@/server/platform/log";
import { endByKill } from "@/server/platform/process/lifecycle";
import type { Tensor } from "../contract";
import { endThread, type ModelFile, type ThreadAnswer, type ThreadMessage, type ThreadRequest } from "./messages";

type Waiting = { resolve(answer: ThreadAnswer): void; reject(error: Error): void; timer: NodeJS.Timeout };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; outbox: ThreadRequest[] };
type Unnumbered<T> = T extends unknown ? Omit<T, "id"> : never;

const maxWaiting = 1_024;
const deadlineMs = 60_000;
const stopMs = 5_000;
const maxRetired = 2;

let thread: Thread | undefined;
/** Asked to end, and not ended yet. */
const retired = new Set<Worker>();
let lastId = 0;

/** Started from sources (tests, `npm run dev`), the thread compiles itself as it loads. */
const loadSource = (file: string) =>
  `import("tsx/esm/api").then(({ tsImport }) => tsImport(${JSON.stringify(file)}, ${JSON.stringify(file)}))`;

function openWorker(): Worker {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, "inference-thread.mjs");
  if (existsSync(bundled)) return new Worker(bundled);
  const source = pathToFileURL(join(here, "inference-thread.ts")).href;
  return new Worker(loadSource(source), { eval: true });
}

function startThread(): Thread {
  const started: Thread = { worker: openWorker(), waiting: new Map(), outbox: [] };
  started.worker.unref();
  started.worker.on("message", (answers: ThreadAnswer[]) => {
    for (const answer of answers) settle(started, answer);
  });
  started.worker.on("error", (error) => logger.error({ err: error }, "the inference thread broke"));
  started.worker.on("exit", () => discard(started, "The inference thread ended; it is started again with the next request."));
  return started;
}

function settle({ waiting }: Thread, answer: ThreadAnswer): void {
  const asked = waiting.get(answer.id);
  if (!asked) return;
  waiting.delete(answer.id);
  clearTimeout(asked.timer);
  asked.resolve(answer);
}

/** What is asked within one turn of the event loop goes in one message: a message costs more than a small inference. */
function post(current: Thread, request: ThreadRequest): void {
  current.outbox.push(request);
  if (current.outbox.length > 1) return;
  setImmediate(() => current.worker.postMessage(current.outbox.splice(0) satisfies ThreadMessage));
}

function discard(ended: Thread, why: string): void {
  if (thread === ended) thread = undefined;
  for (const { reject, timer } of ended.waiting.values()) {
    clearTimeout(timer);
    reject(new Unavailable(why));
  }
  ended.waiting.clear();
}

/** Never `terminate()`: within a native call, ONNX Runtime answers that by aborting the whole process. */
function retire({ worker }: Thread): void {
  retired.add(worker);
  worker.once("exit", () => retired.delete(worker));
  worker.postMessage(endThread satisfies ThreadMessage);
}

const stuck = "Models that never answer hold the inference threads: take them out of service, and start the server again.";

function currentThread(): Thread {
  // A model may loop for ever, and nothing but the process's end stops it: each such thread costs a core.
  if (!thread && retired.size >= maxRetired) throw new Unavailable(stuck, { retryAfterSeconds: 60 });
  thread ??= startThread();
  return thread;
}

function ask(request: Unnumbered<ThreadRequest>): Promise<ThreadAnswer> {
  const current = currentThread();
  if (current.waiting.size >= maxWaiting) throw new Unavailable("Too many inferences wait already; send it again in a moment.", { retryAfterSeconds: 1 });
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      discard(current, `The model did not answer within ${deadlineMs / 1_000} s; its thread was replaced.`);
      retire(current);
    }, deadlineMs).unref();
    current.waiting.set(id, { resolve, reject, timer });
    post(current, { ...request, id });
  });
}

const missing = "The ONNX runtime is not installed on this server (the optional package onnxruntime-node): run `npm install` where it is supported, then start again.";

function refusal(answer: ThreadAnswer): Error {
  if (answer.kind === "missing") return new Unavailable(missing);
  const message = "message" in answer ? answer.message : "no answer";
  if (answer.kind === "refused") return new Invalid(`The model refused these inputs: ${message}`, { field: "inputs" });
  return new Unavailable(`The model can't be loaded: ${message}`);
}

/** Loads a model's session, so that its first request does not wait for it. */
export async function loadModel(file: ModelFile): Promise<void> {
  const answer = await ask({ kind: "load", file });
  if (answer.kind !== "loaded") throw refusal(answer);
}

export async function runModel(file: ModelFile, inputs: Tensor[], outputs: string[]): Promise<{ outputs: Tensor[]; inferNs: number }> {
  const answer = await ask({ kind: "run", file, inputs, outputs });
  if (answer.kind !== "ran") throw refusal(answer);
  return answer;
}

export const waitingInferences = (): number => thread?.waiting.size ?? 0;

export async function stopInferenceThread(): Promise<void> {
  if (thread) {
    const current = thread;
    discard(current, "The server stops.");
    retire(current);
  }
  const ended = Promise.all([...retired].map((worker) => once(worker, "exit")));
  await Promise.race([ended, pause(stopMs, undefined, { ref: false })]);
  if (retired.size > 0) endByKill("a model that never answers holds an inference thread");
}
