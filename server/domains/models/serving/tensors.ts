/** Judges tensors against a signature, and reads single columns out of them. Pure. */
import { Invalid } from "@/server/platform/errors";
import type { ModelSignature, TensorInfo } from "../contract";
import type { Datatype, Tensor, TensorData } from "./contract";

const makers: Record<Datatype, (length: number) => TensorData> = {
  BOOL: (n) => new Uint8Array(n), UINT8: (n) => new Uint8Array(n), UINT16: (n) => new Uint16Array(n), UINT32: (n) => new Uint32Array(n), UINT64: (n) => new BigUint64Array(n),
  INT8: (n) => new Int8Array(n), INT16: (n) => new Int16Array(n), INT32: (n) => new Int32Array(n), INT64: (n) => new BigInt64Array(n),
  FP16: (n) => new Uint16Array(n), FP32: (n) => new Float32Array(n), FP64: (n) => new Float64Array(n), BYTES: (n) => new Array<string>(n).fill(""),
};

export const makeData = (datatype: Datatype, length: number): TensorData => makers[datatype](length);

export const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

function fits(given: readonly number[], wanted: readonly number[]): boolean {
  return given.length === wanted.length && wanted.every((size, axis) => size === -1 || size === given[axis]);
}

function assertInput(info: TensorInfo, tensor: Tensor): void {
  const field = `inputs.${info.name}`;
  if (tensor.datatype !== info.datatype) throw new Invalid(`The input ${info.name} is ${info.datatype}, not ${tensor.datatype}.`, { field });
  if (!fits(tensor.shape, info.shape)) throw new Invalid(`The input ${info.name} has the shape ${shapeText(info.shape)}, not ${shapeText(tensor.shape)} (-1 is any size).`, { field });
}

/** Throws Invalid naming the input that is missing, unknown, or of another type or shape. */
export function assertInputs(signature: ModelSignature, inputs: readonly Tensor[]): void {
  for (const info of signature.inputs) {
    const tensor = inputs.find((item) => item.name === info.name);
    if (!tensor) throw new Invalid(`The input ${info.name} is missing: ${info.datatype}, shape ${shapeText(info.shape)}.`, { field: `inputs.${info.name}` });
    assertInput(info, tensor);
  }
}

export function assertKnownInputs(known: readonly string[], inputs: readonly Tensor[]): void {
  const seen = new Set<string>();
  for (const { name } of inputs) {
    if (!known.includes(name)) throw new Invalid(`There is no input ${JSON.stringify(name)} here; there are ${known.join(", ")}.`, { field: `inputs.${name}` });
    if (seen.has(name)) throw new Invalid(`The input ${name} comes twice.`, { field: `inputs.${name}` });
    seen.add(name);
  }
}

/** The number of rows that the tensors share: each must be of shape [n] or [n, 1]. */
export function sharedRows(columns: readonly Tensor[]): number {
  let rows: number | null = null;
  for (const { name, shape } of columns) {
    const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
    if (!isColumn) throw new Invalid(`The input ${name} has the shape ${shapeText(shape)}: a column is [n] or [n, 1].`, { field: `inputs.${name}` });
    const [size = 0] = shape;
    if (rows !== null && size !== rows) throw new Invalid(`The input ${name} has ${size} rows, the others have ${rows}.`, { field: `inputs.${name}` });
    rows = size;
  }
  return rows ?? 0;
}

/** A numeric column as float64; text is refused. */
export function numbersOf({ name, datatype, data }: Tensor): Float64Array {
  if (Array.isArray(data) || datatype === "FP16") throw new Invalid(`The input ${name} is a number: send FP64, FP32 or an integer type, not ${datatype}.`, { field: `inputs.${name}` });
  return Float64Array.from<number | bigint>(data, Number);
}

/** A number is exact up to 2^53; an integer beyond is kept as its digits, by which the online store has it. */
const keyOf = (value: number | bigint): string | number => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));

/** A column of entity keys: text, or integers. */
export function keysOf({ name, datatype, data }: Tensor): (string | number)[] {
  if (Array.isArray(data)) return data;
  if (!/^U?INT/.test(datatype)) throw new Invalid(`The input ${name} is a key: send BYTES or an integer type, not ${datatype}.`, { field: `inputs.${name}` });
  return Array.from<number | bigint, string | number>(data, keyOf);
}

/** Years 1 to 9999, which every store here can hold. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_799_999;

function timeOf(value: string | bigint | number): number {
  if (typeof value !== "string") return Number(value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return Number.NaN;
  // Naive texts are UTC.
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value.replace(" ", "T")}${value.length > 10 ? "Z" : ""}`);
}

/** INT64 milliseconds, or BYTES with ISO 8601. */
export function timesOf({ name, datatype, data }: Tensor): number[] {
  if (datatype !== "INT64" && datatype !== "BYTES") throw new Invalid(`The input ${name} is INT64 (milliseconds) or BYTES (ISO 8601), not ${datatype}.`, { field: `inputs.${name}` });
  return Array.from<string | bigint | number, number>(data, (value, row) => {
    const ms = timeOf(value);
    if (!(ms >= earliest && ms <= latest)) throw new Invalid(`${name}[${row}]: ${JSON.stringify(String(value))} is not a time.`, { field: `inputs.${name}` });
    return ms;
  });
}

const maxIdLength = 200;

export function predictionIdsOf({ name, data }: Tensor): string[] {
  if (!Array.isArray(data)) throw new Invalid(`The input ${name} is BYTES.`, { field: `inputs.${name}` });
  for (const [row, id] of data.entries()) {
    const isId = id.length >= 1 && id.length <= maxIdLength && !id.includes("\u0000") && !/\p{Surrogate}/u.test(id);
    if (!isId) throw new Invalid(`${name}[${row}]: an id has 1 to ${maxIdLength} characters.`, { field: `inputs.${name}` });
  }
  if (new Set(data).size !== data.length) throw new Invalid(`${name}: an id comes twice in one request.`, { field: `inputs.${name}` });
  return data;
}
