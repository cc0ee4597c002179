/** Protobuf's variable-length numbers, read in place: a file may hold millions, and none is worth an object. */

const maxBytes = 10;

/** Where the number that begins at `from` ends; NaN when it does not end before `to`, or is too long for one. */
export function varintEnd(bytes: Uint8Array, from: number, to: number): number {
  const end = Math.min(to, from + maxBytes);
  for (let at = from; at < end; at += 1) if ((bytes[at] ?? 0) < 0x80) return at + 1;
  return Number.NaN;
}

/** Its value: exact as far as lengths and tags go, and too large for either beyond. */
export function readVarint(bytes: Uint8Array, from: number, end: number): number {
  let value = 0;
  for (let at = end - 1; at >= from; at -= 1) value = value * 128 + ((bytes[at] ?? 0) & 0x7f);
  return value;
}
