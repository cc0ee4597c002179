/** Tensor data on the wire: JSON lists, and raw little-endian bytes as tritonclient sends them. */
import type { Datatype, TensorData } from "@/server/domains/models/serving/contract";
import { makeData } from "@/server/domains/models/serving/tensors";
import { Invalid } from "@/server/platform/errors";

/** Bytes of one element; BYTES elements carry their own length. */
const widths: Record<Exclude<Datatype, "BYTES">, number> = {
  BOOL: 1, UINT8: 1, UINT16: 2, UINT32: 4, UINT64: 8, INT8: 1, INT16: 2, INT32: 4, INT64: 8, FP16: 2, FP32: 4, FP64: 8,
};

const integerRanges: Partial<Record<Datatype, [number, number]>> = {
  UINT8: [0, 255], UINT16: [0, 65_535], UINT32: [0, 2 ** 32 - 1], UINT64: [0, Number.MAX_SAFE_INTEGER],
  INT8: [-128, 127], INT16: [-32_768, 32_767], INT32: [-(2 ** 31), 2 ** 31 - 1], INT64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const fault = (name: string, at: number, why: string) => new Invalid(`inputs.${name}: element ${at} ${why}.`, { field: `inputs.${name}` });

const specialFloats: Record<string, number> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };

/** JSON has no NaN: null stands for an absent value. A number too large for its type is not infinite: that is said in words. */
function floatOf(value: unknown, datatype: "FP32" | "FP64", name: string, at: number): number {
  if (typeof value === "number") {
    if (!Number.isFinite(datatype === "FP32" ? Math.fround(value) : value)) throw fault(name, at, `is outside ${datatype}`);
    return value;
  }
  if (value === null) return Number.NaN;
  const special = typeof value === "string" ? specialFloats[value] : undefined;
  if (special === undefined) throw fault(name, at, "is not a number");
  return special;
}

function integerOf(value: unknown, datatype: Datatype, name: string, at: number): number {
  const [low, high] = integerRanges[datatype] ?? [0, 0];
  if (typeof value !== "number" || !Number.isInteger(value)) throw fault(name, at, "is not an integer");
  if (value < low || value > high) throw fault(name, at, `is outside ${datatype}`);
  return value;
}

function elementOf(value: unknown, datatype: Datatype, name: string, at: number): number | bigint | string {
  if (datatype === "FP32" || datatype === "FP64") return floatOf(value, datatype, name, at);
  if (datatype === "BYTES") {
    if (typeof value !== "string") throw fault(name, at, "is not text");
    return value;
  }
  if (datatype === "BOOL") {
    if (typeof value === "boolean" || value === 0 || value === 1) return Number(value);
    throw fault(name, at, "is not true or false");
  }
  const integer = integerOf(value, datatype, name, at);
  return datatype === "INT64" || datatype === "UINT64" ? BigInt(integer) : integer;
}

/** Flat or nested lists, row-major. */
export function dataOfJson(name: string, datatype: Datatype, data: unknown, count: number): TensorData {
  if (!Array.isArray(data)) throw new Invalid(`inputs.${name}: data must be a list.`, { field: `inputs.${name}` });
  if (datatype === "FP16") throw new Invalid(`inputs.${name}: FP16 can't be sent as JSON: send binary data, or FP32.`, { field: `inputs.${name}` });
  const flat: unknown[] = Array.isArray(data[0]) ? data.flat(16) : data;
  if (flat.length !== count) throw new Invalid(`inputs.${name}: ${flat.length} elements came, the shape needs ${count}.`, { field: `inputs.${name}` });
  const made = makeData(datatype, count);
  for (let at = 0; at < count; at += 1) made[at] = elementOf(flat[at], datatype, name, at);
  return made;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function textOf(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** BYTES elements: uint32-LE length, then that many bytes of UTF-8. */
export function stringsOfBytes(name: string, bytes: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Number.NaN;
    if (!(at + 4 + length <= bytes.length)) throw fault(name, texts.length, "is cut off");
    const text = textOf(bytes.subarray(at + 4, at + 4 + length));
    if (text === null) throw fault(name, texts.length, "is not UTF-8");
    // A key or an id is stored, and the database holds no NUL; a body of JSON is refused for one too.
    if (text.includes("\u0000")) throw fault(name, texts.length, "has a NUL character, which can't be stored");
    texts.push(text);
    at += 4 + length;
    if (texts.length > count) break;
  }
  if (texts.length !== count) throw new Invalid(`inputs.${name}: ${texts.length} elements came, the shape needs ${count}.`, { field: `inputs.${name}` });
  return texts;
}

export function dataOfBytes(name: string, datatype: Datatype, bytes: Buffer, count: number): TensorData {
  if (datatype === "BYTES") return stringsOfBytes(name, bytes, count);
  const needed = count * widths[datatype];
  if (bytes.length !== needed) throw new Invalid(`inputs.${name}: ${bytes.length} bytes came, ${count} elements of ${datatype} have ${needed}.`, { field: `inputs.${name}` });
  const made = makeData(datatype, count);
  if (Array.isArray(made)) return made;
  // A copy, for a view of these bytes would have to be aligned.
  Buffer.from(made.buffer).set(bytes);
  return made;
}

function bytesOfStrings(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const content = Buffer.from(text, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32LE(content.length);
      return [length, content];
    }),
  );
}

export function bytesOfData(data: TensorData): Buffer {
  return Array.isArray(data) ? bytesOfStrings(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** For JSON: absent values are null, booleans are booleans. */
export function jsonOfData(datatype: Datatype, data: TensorData): (number | string | boolean | null)[] {
  if (Array.isArray(data)) return data;
  return Array.from<number | bigint, number | boolean | null>(data, (value) => {
    if (datatype === "BOOL") return value === 1;
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
  });
}
