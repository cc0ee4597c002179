/** Bytes written and read in order: LEB128 varints for integers up to 2^53, zigzag for signed ones. Pure. */

const initialBytes = 256;

export class ByteWriter {
  private bytes = new Uint8Array(initialBytes);
  private length = 0;

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** Of a whole number from 0 to 2^53 - 1; above 2^31 by division, for shifts are of 32 bits. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80000000) {
      this.byte((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Of a signed whole number whose double is still exact. */
  zigzag(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  block(block: Uint8Array): void {
    this.room(block.length);
    this.bytes.set(block, this.length);
    this.length += block.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

export class ByteReader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new RangeError("The bytes end early.");
    this.at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The last byte of each is below 128. */
  skipVarints(count: number): void {
    let left = count;
    while (left > 0) if (this.byte() < 0x80) left -= 1;
  }

  block(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError("The bytes end early.");
    const block = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return block;
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}
