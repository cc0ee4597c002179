/**
 * The inference worker thread: ONNX Runtime blocks the thread that runs it, so it never runs on an event loop that
 * serves. Sessions are kept by content hash, the least recently used goes first.
 */
import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Datatype, Tensor } from "../contract";
import { endThread, type ModelFile, type ThreadAnswer, type ThreadMessage, type ThreadRequest } from "./messages";

type Ort = typeof import("onnxruntime-node");

const maxSessions = 8;
const sessions = new Map<string, Promise<InferenceSession>>();
let runtime: Promise<Ort> | undefined;

class RuntimeMissing extends Error {}

async function importRuntime(): Promise<Ort> {
  try {
    const module = await import("onnxruntime-node");
    return "default" in module && module.default ? (module.default as Ort) : module;
  } catch (error) {
    throw new RuntimeMissing(error instanceof Error ? error.message : String(error));
  }
}

const ortTypes: Record<Datatype, OrtTensor.Type> = {
  BOOL: "bool", UINT8: "uint8", UINT16: "uint16", UINT32: "uint32", UINT64: "uint64", INT8: "int8", INT16: "int16", INT32: "int32", INT64: "int64",
  FP16: "float16", FP32: "float32", FP64: "float64", BYTES: "string",
};
const datatypeOf = Object.fromEntries(Object.entries(ortTypes).map(([datatype, type]) => [type, datatype])) as Record<string, Datatype | undefined>;

function loadRuntime(): Promise<Ort> {
  runtime ??= importRuntime();
  return runtime;
}

async function openSession(file: ModelFile): Promise<InferenceSession> {
  const { InferenceSession } = await loadRuntime();
  // From bytes, so that nothing in the file can name a path beside it.
  const bytes = await readFile(file.path);
  return InferenceSession.create(bytes, {
    intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential", graphOptimizationLevel: "all", logSeverityLevel: 3,
  });
}

function sessionOf(file: ModelFile): Promise<InferenceSession> {
  const known = sessions.get(file.sha256);
  const session = known ?? openSession(file);
  // Set again, so that the map's order is that of use.
  sessions.delete(file.sha256);
  sessions.set(file.sha256, session);
  if (!known) {
    session.catch(() => sessions.delete(file.sha256));
    evict();
  }
  return session;
}

function evict(): void {
  for (const [sha256, session] of sessions) {
    if (sessions.size <= maxSessions) return;
    sessions.delete(sha256);
    void session.then((old) => old.release()).catch(() => undefined);
  }
}

const nsSince = (started: number) => Math.round((performance.now() - started) * 1e6);

async function run(request: Extract<ThreadRequest, { kind: "run" }>): Promise<ThreadAnswer> {
  const session = await sessionOf(request.file);
  const ort = await loadRuntime();
  const feeds: Record<string, OrtTensor> = {};
  // The data's kind was checked against the signature; ONNX Runtime's overloads can't see that.
  const TensorOf = ort.Tensor as new (type: OrtTensor.Type, data: Tensor["data"], dims: readonly number[]) => OrtTensor;
  for (const { name, datatype, data, shape } of request.inputs) feeds[name] = new TensorOf(ortTypes[datatype], data, shape);
  if (isEnding) return { id: request.id, kind: "failed", message: "the server stops" };
  const started = performance.now();
  let results: Record<string, OrtTensor>;
  try {
    results = await session.run(feeds, request.outputs);
  } catch (error) {
    return { id: request.id, kind: "refused", message: error instanceof Error ? error.message : String(error) };
  }
  const inferNs = nsSince(started);
  const outputs = request.outputs.flatMap((name): Tensor[] => {
    const made = results[name];
    const datatype = made ? datatypeOf[made.type] : undefined;
    return made && datatype ? [{ name, datatype, shape: [...made.dims], data: made.data as Tensor["data"] }] : [];
  });
  return { id: request.id, kind: "ran", outputs, inferNs };
}

async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
  try {
    if (request.kind === "run") return await run(request);
    const started = performance.now();
    await sessionOf(request.file);
    return { id: request.id, kind: "loaded", loadNs: nsSince(started) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: request.id, kind: error instanceof RuntimeMissing ? "missing" : "failed", message };
  }
}

const answers: ThreadAnswer[] = [];

/** Answers that are ready within one turn go back in one message. */
function reply(made: ThreadAnswer): void {
  answers.push(made);
  if (answers.length === 1) setImmediate(() => parentPort?.postMessage(answers.splice(0)));
}

let isEnding = false;
let busy = 0;

/** Nothing keeps the thread once its port is closed and no session is left. */
async function endWhenIdle(): Promise<void> {
  if (!isEnding || busy > 0) return;
  for (const session of sessions.values()) await session.then((open) => open.release()).catch(() => undefined);
  parentPort?.close();
}

async function serve(request: ThreadRequest): Promise<void> {
  busy += 1;
  reply(await answer(request));
  busy -= 1;
  void endWhenIdle();
}

parentPort?.on("message", (message: ThreadMessage) => {
  if (message !== endThread) return message.forEach((request) => void serve(request));
  isEnding = true;
  void endWhenIdle();
});
