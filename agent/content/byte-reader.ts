/** Exact reads from a stream of chunks. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly `length` bytes, or null at a clean end; a stream that ends in between throws. */
  async read(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = length;
    for await (const part of this.take(length)) {
      parts.push(part);
      missing -= part.length;
    }
    if (missing === length && length > 0) return null;
    if (missing > 0) throw new Error("it is cut short");
    return Buffer.concat(parts);
  }

  /** Up to `length` bytes, in the pieces they come in. */
  async *take(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.#held.length === 0) {
        const next = await this.#source.next();
        if (next.done) return;
        this.#held = next.value;
      }
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}
