/** Asking an endpoint: by full tensors as the ONNX graph has them, or by keys that the platform completes. Both are logged. */
import type { z } from "zod";
import { env } from "@/server/platform/env";
import { asServiceError, Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { query } from "@/server/platform/mutation";
import { complete, readKeyed, serviceShape } from "./completion";
import { completedOutput, EndpointRef, eventTimeInput, InferInput, type InferAnswer, type Outcome, predictionIdName, scoreOutput, type Tensor } from "./contract";
import { logInferences } from "./log/inference-log";
import { statisticsOf } from "./log/statistics";
import { countRequest } from "./log/traffic";
import { runModel } from "./runtime/runtime";
import { namedServed, resolveServed, type Served } from "./served-versions";
import { scoreSource, scoresOf } from "./scores";
import { assertInputs, assertKnownInputs, predictionIdsOf, timesOf } from "./tensors";

/** A request made ready: the graph's inputs, and what the log keeps of each row. */
type Prepared = {
  rows: number; inputs: Tensor[]; matrix: Float64Array | null; width: number; keys: Record<string, (string | number)[]> | null;
  eventTimes: number[] | null; predictionIds: string[]; isKeyed: boolean;
};

const newIds = (rows: number): string[] => Array.from({ length: rows }, () => newId());

async function prepareKeyed(served: Served, inputs: readonly Tensor[]): Promise<Prepared> {
  const { features } = served.signature;
  if (!served.service || !features) {
    const names = served.signature.inputs.map((input) => input.name).join(", ");
    const why = served.service ? "its file does not name its features" : "it has no feature service";
    throw new Invalid(`The model ${served.model} takes the inputs ${names}; it can't be asked by keys, for ${why}.`, { field: "inputs" });
  }
  const shape = await serviceShape(served.projectId, served.service);
  const keyed = readKeyed(shape, inputs);
  const { tensor, matrix, width } = await complete(served, features, shape, keyed);
  return { rows: keyed.rows, inputs: [tensor], matrix, width, keys: keyed.keys, eventTimes: keyed.eventTimes, predictionIds: keyed.predictionIds ?? newIds(keyed.rows), isKeyed: true };
}

function assertRows(name: string, given: number, rows: number): void {
  if (given !== rows) throw new Invalid(`The input ${name} has ${given} values for ${rows} rows.`, { field: `inputs.${name}` });
}

/** The single matrix of numbers that most models take is logged; other inputs are not. */
function matrixOf(inputs: readonly Tensor[]): { matrix: Float64Array | null; width: number } {
  const [only, ...others] = inputs;
  const isMatrix = only && others.length === 0 && only.shape.length === 2 && (only.datatype === "FP32" || only.datatype === "FP64");
  if (!isMatrix || Array.isArray(only.data)) return { matrix: null, width: 0 };
  return { matrix: Float64Array.from<number | bigint>(only.data, Number), width: only.shape[1] ?? 0 };
}

function prepareTensors(served: Served, given: readonly Tensor[]): Prepared {
  const names = served.signature.inputs.map((input) => input.name);
  assertKnownInputs([...names, eventTimeInput, predictionIdName], given);
  assertInputs(served.signature, given);
  const inputs = given.filter((input) => names.includes(input.name));
  const rows = inputs[0]?.shape[0] ?? 1;
  const times = names.includes(eventTimeInput) ? undefined : given.find((input) => input.name === eventTimeInput);
  const ids = names.includes(predictionIdName) ? undefined : given.find((input) => input.name === predictionIdName);
  const eventTimes = times ? timesOf(times) : null;
  const predictionIds = ids ? predictionIdsOf(ids) : newIds(rows);
  assertRows(eventTimeInput, eventTimes?.length ?? rows, rows);
  assertRows(predictionIdName, predictionIds.length, rows);
  return { rows, inputs, ...matrixOf(inputs), keys: null, eventTimes, predictionIds, isKeyed: false };
}

/** A request that names an input of the graph brings tensors; any other brings keys. */
async function prepare(served: Served, inputs: readonly Tensor[]): Promise<Prepared> {
  const isOfGraph = served.signature.inputs.some((info) => inputs.some((input) => input.name === info.name));
  return isOfGraph ? prepareTensors(served, inputs) : prepareKeyed(served, inputs);
}

/** What is answered: names the client asked for, in its order. */
function wantedOutputs(served: Served, asked: readonly string[] | null, isKeyed: boolean): { answer: string[]; run: string[]; score: string | null } {
  const score = scoreSource(served.signature);
  const graph = served.signature.outputs.filter((output) => output.datatype !== "UNKNOWN").map((output) => output.name);
  const byDefault = isKeyed ? [...(score ? [scoreOutput] : graph), predictionIdName] : graph;
  const answer = asked && asked.length > 0 ? [...new Set(asked)] : byDefault;
  const own = [...(score ? [scoreOutput] : []), predictionIdName, ...(isKeyed ? [completedOutput] : [])];
  const unknown = answer.find((name) => !graph.includes(name) && !own.includes(name));
  if (unknown !== undefined) throw new Invalid(`There is no output ${JSON.stringify(unknown)} here; there are ${[...graph, ...own].join(", ")}.`, { field: "outputs" });
  const run = new Set(answer.filter((name) => graph.includes(name)));
  if (score) run.add(score);
  if (run.size === 0 && graph[0]) run.add(graph[0]);
  return { answer, run: [...run], score };
}

function answerTensors(names: readonly string[], made: readonly Tensor[], scores: Float64Array | null, prepared: Prepared): Tensor[] {
  return names.flatMap((name): Tensor[] => {
    const isOwn = prepared.isKeyed || !made.some((tensor) => tensor.name === name);
    if (name === scoreOutput && scores && isOwn) return [{ name, datatype: "FP64", shape: [prepared.rows], data: scores }];
    if (name === predictionIdName && isOwn) return [{ name, datatype: "BYTES", shape: [prepared.rows], data: prepared.predictionIds }];
    if (name === completedOutput && isOwn && prepared.matrix) return [{ name, datatype: "FP64", shape: [prepared.rows, prepared.width], data: prepared.matrix }];
    return made.filter((tensor) => tensor.name === name);
  });
}

function log(served: Served, prepared: Prepared, scores: Float64Array | null, receivedAt: number): void {
  if (env().SLIPWAY_INFERENCE_LOG_SAMPLE === 0) return;
  const { matrix, width, keys, eventTimes } = prepared;
  const keyNames = keys ? Object.keys(keys) : [];
  logInferences(
    prepared.predictionIds.map((predictionId, row) => ({
      projectId: served.projectId, modelId: served.modelId, predictionId, version: served.version, receivedAt, eventTime: eventTimes?.[row] ?? receivedAt,
      score: scores?.[row] ?? null, features: matrix ? matrix.subarray(row * width, (row + 1) * width) : null,
      keys: keys ? Object.fromEntries(keyNames.map((name) => [name, keys[name]?.[row] ?? ""])) : null,
    })),
  );
}

type Request = Pick<z.output<typeof InferInput>, "inputs" | "outputs" | "isLogged">;

async function answerRequest(served: Served, { inputs, outputs: asked, isLogged }: Request, started: number): Promise<{ outputs: Tensor[]; rows: number }> {
  const receivedAt = Date.now();
  const prepared = await prepare(served, inputs);
  const wanted = wantedOutputs(served, asked, prepared.isKeyed);
  const readyAt = performance.now();
  const { outputs, inferNs } = await runModel(served.file, prepared.inputs, wanted.run);
  const scored = outputs.find((output) => output.name === wanted.score);
  const scores = scored ? scoresOf(scored, prepared.rows) : null;
  if (isLogged) log(served, prepared, scores, receivedAt);
  const statistics = statisticsOf(served);
  statistics.rows += prepared.rows;
  statistics.executions += 1;
  statistics.inferNs += inferNs;
  statistics.completeNs += Math.round((readyAt - started) * 1e6);
  statistics.queueNs += Math.max(0, Math.round((performance.now() - readyAt) * 1e6) - inferNs);
  return { outputs: answerTensors(wanted.answer, outputs, scores, prepared), rows: prepared.rows };
}

function count(served: Served, outcome: Outcome, rows: number, started: number): void {
  const ms = performance.now() - started;
  const statistics = statisticsOf(served);
  statistics.lastAtMs = Date.now();
  if (outcome === "ok") {
    statistics.success += 1;
    statistics.successNs += Math.round(ms * 1e6);
  } else if (outcome === "client_error") {
    statistics.refused += 1;
  } else {
    statistics.failure += 1;
    statistics.failureNs += Math.round(ms * 1e6);
  }
  countRequest(served, outcome, rows, ms);
}

/** What the protocol answers with 4xx, the database's refusal of a value among it. */
function isCallersMistake(error: unknown): boolean {
  const known = asServiceError(error, () => undefined);
  return known !== null && known.status < 500;
}

/** What a request goes to. A model that can't be loaded fails it: that counts with the version that was meant, where that much is known. */
async function resolveCounted(projectId: string, name: string, version: number | null, started: number): Promise<Served> {
  try {
    return await resolveServed(projectId, name, version);
  } catch (error) {
    const meant = isCallersMistake(error) ? null : await namedServed(projectId, name, version).catch(() => null);
    if (meant) count(meant, "server_error", 0, started);
    throw error;
  }
}

export const inferModel = query("models.inferModel", "viewer", InferInput, async ({ ctx, input }): Promise<InferAnswer> => {
  const started = performance.now();
  const served = await resolveCounted(ctx.project.id, input.name, input.version, started);
  try {
    const { outputs, rows } = await answerRequest(served, input, started);
    count(served, "ok", rows, started);
    return { model: served.model, version: served.version, outputs };
  } catch (error) {
    count(served, isCallersMistake(error) ? "client_error" : "server_error", 0, started);
    throw error;
  }
});

/** A request that could not be read counts with the version that it named; nothing is loaded for it. */
export const refuseInference = query("models.refuseInference", "viewer", EndpointRef, async ({ ctx, input }): Promise<void> => {
  count(await namedServed(ctx.project.id, input.name, input.version), "client_error", 0, performance.now());
});
