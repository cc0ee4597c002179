/** Completes a request of keys to the model's matrix of features: from the request itself, and from the online store as of its event time. */
import { loadService } from "@/server/domains/catalog/service/join-plan";
import { type ReadPlan, readColumns, readPlan } from "@/server/domains/catalog/service/read-online";
import { database } from "@/server/platform/db";
import { Invalid } from "@/server/platform/errors";
import { onlineStore } from "@/server/platform/online-store/store";
import type { EndpointView, Tensor } from "./contract";
import { eventTimeInput, maxKeyedRows, predictionIdName } from "./contract";
import type { Served } from "./served-versions";
import { assertKnownInputs, keysOf, makeData, numbersOf, predictionIdsOf, sharedRows, timesOf } from "./tensors";

export type KeyedRequest = { rows: number; keys: Record<string, (string | number)[]>; request: Map<string, Float64Array>; eventTimes: number[] | null; predictionIds: string[] | null };

/** `matrix` is rows × features in the model's order, NaN where a value is absent. */
export type Completed = { tensor: Tensor; matrix: Float64Array; width: number };

type ServiceShape = { plan: ReadPlan[]; keys: string[]; request: NonNullable<EndpointView["byKeys"]>["request"]; until: number };

const shapes = new Map<string, ServiceShape>();
const shapeLivesMs = 2_000;
const chunkRows = 256;

/** What a model's feature service takes; kept for two seconds, as its read plan is. */
export async function serviceShape(projectId: string, name: string): Promise<ServiceShape> {
  const key = `${projectId} ${name}`;
  const known = shapes.get(key);
  if (known && known.until > Date.now()) return known;
  const plan = await readPlan(projectId, name, []);
  const { service } = await loadService(database(), projectId, name);
  const request = service.request.map(({ name: field, dtype, unit, description }) => ({ name: field, dtype, unit, description }));
  const shape = { plan, keys: [...new Set(plan.map((item) => item.key))], request, until: Date.now() + shapeLivesMs };
  if (shapes.size > 500) shapes.clear();
  shapes.set(key, shape);
  return shape;
}

/** The columns of a request by keys. Keys and request features that this version does not use may be sent all the same. */
export function readKeyed({ keys, request }: Pick<ServiceShape, "keys" | "request">, inputs: readonly Tensor[]): KeyedRequest {
  const names = request.map((field) => field.name);
  assertKnownInputs([...keys, ...names, eventTimeInput, predictionIdName], inputs);
  const rows = sharedRows(inputs);
  if (rows > maxKeyedRows) throw new Invalid(`${rows} rows in one request: at most ${maxKeyedRows} are completed from keys.`, { field: "inputs" });
  const find = (name: string) => inputs.find((input) => input.name === name);
  const keyColumns = keys.flatMap((name) => {
    const tensor = find(name);
    return tensor ? [[name, keysOf(tensor)] as const] : [];
  });
  const requestColumns = names.flatMap((name) => {
    const tensor = find(name);
    return tensor ? [[name, numbersOf(tensor)] as const] : [];
  });
  const times = find(eventTimeInput);
  const ids = find(predictionIdName);
  return {
    rows, keys: Object.fromEntries(keyColumns), request: new Map(requestColumns),
    eventTimes: times ? timesOf(times) : null, predictionIds: ids ? predictionIdsOf(ids) : null,
  };
}

/** The reads that this version's features need, and no others. */
function narrow(plan: readonly ReadPlan[], wanted: ReadonlySet<string>): ReadPlan[] {
  return plan
    .map((item) => ({ ...item, features: item.features.filter((feature) => wanted.has(feature.output)) }))
    .filter((item) => item.features.length > 0);
}

/** `at` is each feature's place in the model's order, `brought` are those that no view has. */
type VersionPlan = { plan: ReadPlan[]; at: Map<string, number>; brought: string[] };

const versionPlans = new WeakMap<readonly ReadPlan[], Map<string, VersionPlan>>();

function planOf(shape: ServiceShape, served: Served, features: readonly string[]): VersionPlan {
  const byModel = versionPlans.get(shape.plan) ?? new Map<string, VersionPlan>();
  versionPlans.set(shape.plan, byModel);
  const known = byModel.get(served.file.sha256);
  if (known) return known;
  const plan = narrow(shape.plan, new Set(features));
  const stored = new Set(plan.flatMap((item) => item.features.map((feature) => feature.output)));
  const made = { plan, at: new Map(features.map((name, position) => [name, position])), brought: features.filter((name) => !stored.has(name)) };
  byModel.set(served.file.sha256, made);
  return made;
}

function assertComplete(served: Served, { plan, brought }: VersionPlan, request: ServiceShape["request"], keyed: KeyedRequest): void {
  for (const name of brought) {
    if (keyed.request.has(name)) continue;
    const isRequest = request.some((field) => field.name === name);
    if (isRequest) throw new Invalid(`The input ${name} is missing: a feature that the request brings.`, { field: `inputs.${name}` });
    throw new Invalid(`Version ${served.version} takes the feature ${name}, which the service ${served.service} does not have: send its tensors instead.`, { field: "inputs" });
  }
  for (const { key, view } of plan) {
    if (!keyed.keys[key]) throw new Invalid(`The input ${key} is missing: the key of ${view}.`, { field: `inputs.${key}` });
  }
}

function fillStored(served: Served, { plan, at }: VersionPlan, keyed: KeyedRequest, from: number, to: number, completed: Completed): void {
  const slice = Object.fromEntries(Object.entries(keyed.keys).map(([name, values]) => [name, values.slice(from, to)]));
  const columns = readColumns(onlineStore(served.projectId), plan, slice, to - from, keyed.eventTimes?.slice(from, to) ?? null);
  for (const { name, values } of columns) {
    const position = at.get(name);
    if (position === undefined) continue;
    for (const [row, value] of values.entries()) {
      if (typeof value === "string") throw new Invalid(`The feature ${name} is text, which this model's tensor can't hold: send its tensors instead.`, { field: "inputs" });
      completed.matrix[(from + row) * completed.width + position] = value === null ? Number.NaN : Number(value);
    }
  }
}

function matrixInput(served: Served, features: readonly string[]) {
  const [input, ...others] = served.signature.inputs;
  const isMatrix = input && others.length === 0 && input.shape.length === 2 && (input.shape[1] === -1 || input.shape[1] === features.length);
  const isFloat = input?.datatype === "FP32" || input?.datatype === "FP64";
  if (!isMatrix || !isFloat) throw new Invalid("This model is not one matrix of numbers: send its tensors instead of keys.", { field: "inputs" });
  return { name: input.name, datatype: input.datatype as "FP32" | "FP64" };
}

/** Reads chunk by chunk, so that a large request does not hold the event loop. */
export async function complete(served: Served, features: readonly string[], shape: ServiceShape, keyed: KeyedRequest): Promise<Completed> {
  const input = matrixInput(served, features);
  const version = planOf(shape, served, features);
  assertComplete(served, version, shape.request, keyed);
  const width = features.length;
  const data = makeData(input.datatype, keyed.rows * width) as Float32Array | Float64Array;
  const completed: Completed = { tensor: { ...input, shape: [keyed.rows, width], data }, matrix: new Float64Array(keyed.rows * width).fill(Number.NaN), width };
  for (let from = 0; from < keyed.rows; from += chunkRows) {
    if (from > 0) await new Promise(setImmediate);
    fillStored(served, version, keyed, from, Math.min(keyed.rows, from + chunkRows), completed);
  }
  for (const [name, values] of keyed.request) {
    const position = version.at.get(name);
    if (position === undefined) continue;
    for (let row = 0; row < keyed.rows; row += 1) completed.matrix[row * width + position] = values[row] ?? Number.NaN;
  }
  data.set(completed.matrix);
  return completed;
}
