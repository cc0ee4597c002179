/**
 * How much a git packfile becomes once it is unpacked, found without keeping more than one object: a few bytes may be written
 * so that they inflate to gigabytes. The format is git's gitformat-pack.
 */
import { createInflate } from "node:zlib";

const offsetDelta = 6;
const namedDelta = 7;
const nameBytes = 20;

export class PackFault extends Error {
  constructor(
    readonly kind: "heavy" | "broken",
    message: string,
  ) {
    super(message);
  }
}

const broken = (what: string) => new PackFault("broken", `the pack is broken: ${what}`);

/** A number of seven bits a byte, the lowest first, as long as the top bit is set; `bits` are in the first byte already. */
function readVarint(bytes: Buffer, at: number, first = { value: 0, bits: 0 }): { value: number; next: number } {
  let { value, bits } = first;
  for (let next = at; next < bytes.length && bits < 53; next += 1) {
    const byte = bytes[next] ?? 0;
    value += (byte & 0x7f) * 2 ** bits;
    bits += 7;
    if (byte < 0x80) return { value, next: next + 1 };
  }
  throw broken("a number has no end");
}

/** Type, unpacked size, and where the packed bytes begin. */
function readHeader(pack: Buffer, at: number): { type: number; size: number; begin: number } {
  const byte = pack[at];
  if (byte === undefined) throw broken("it ends early");
  const type = (byte >> 4) & 7;
  const low = byte & 15;
  const { value: size, next } = byte < 0x80 ? { value: low, next: at + 1 } : readVarint(pack, at + 1, { value: low, bits: 4 });
  if (type === namedDelta) return { type, size, begin: next + nameBytes };
  return { type, size, begin: type === offsetDelta ? readVarint(pack, next).next : next };
}

/** At most `size` bytes, and how many packed ones they were. */
async function inflate(packed: Buffer, size: number): Promise<{ bytes: Buffer; used: number }> {
  const engine = createInflate();
  engine.end(packed);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of engine) {
      length += part.length;
      if (length > size) throw broken("an object is longer than it says");
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof PackFault ? error : broken("an object can't be inflated");
  }
  if (length !== size) throw broken("an object is shorter than it says");
  return { bytes: Buffer.concat(parts), used: engine.bytesWritten };
}

/** A delta says first how long its base is, then how long what it makes. */
const madeBy = (delta: Buffer) => readVarint(delta, readVarint(delta, 0).next).value;

/** Bytes of all objects, those that deltas make among them. PackFault `heavy` as soon as it is more than `atMost`. */
export async function weighPack(pack: Buffer, atMost: number): Promise<number> {
  if (pack.toString("latin1", 0, 4) !== "PACK" || pack.length < 12) throw broken("it is none");
  const count = pack.readUInt32BE(8);
  let weight = 0;
  const add = (bytes: number) => {
    weight += bytes;
    if (weight > atMost) throw new PackFault("heavy", `the pack unpacks to more than ${atMost} bytes`);
  };
  let at = 12;
  for (let index = 0; index < count; index += 1) {
    const { type, size, begin } = readHeader(pack, at);
    add(size);
    const { bytes, used } = await inflate(pack.subarray(begin), size);
    if (type === offsetDelta || type === namedDelta) add(madeBy(bytes));
    at = begin + used;
  }
  return weight;
}
