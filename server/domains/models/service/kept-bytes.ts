/** Bytes that are gathered in one buffer that grows; lengths of messages are filled in once they are known. */

/** Enough for 32 bits; protobuf allows a number to be written longer than it need be. */
const lengthBytes = 5;

export class KeptBytes {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  length = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly tooMany: () => Error,
  ) {}

  /** Room for so many more bytes, to be written into at once. */
  reserve(bytes: number): Buffer {
    const end = this.length + bytes;
    if (end > this.maxBytes) throw this.tooMany();
    if (end > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.maxBytes, Math.max(end, 2 * this.#buffer.length)));
      this.#buffer.copy(larger, 0, 0, this.length);
      this.#buffer = larger;
    }
    const room = this.#buffer.subarray(this.length, end);
    this.length = end;
    return room;
  }

  add(source: Buffer, from: number, to: number): void {
    source.copy(this.reserve(to - from), 0, from, to);
  }

  addVarint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) this.reserve(1)[0] = (rest % 128) | 0x80;
    this.reserve(1)[0] = rest;
  }

  /** Leaves room for a length; says where. */
  addLength(): number {
    this.reserve(lengthBytes);
    return this.length - lengthBytes;
  }

  /** What was added since is the message; says how long it is. */
  setLength(at: number): number {
    const length = this.length - at - lengthBytes;
    for (let index = 0; index < lengthBytes; index += 1) {
      const isLast = index === lengthBytes - 1;
      this.#buffer[at + index] = (Math.floor(length / 128 ** index) % 128) | (isLast ? 0 : 0x80);
    }
    return length;
  }

  cutTo(length: number): void {
    this.length = length;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length);
  }
}
