import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { droppableRange, judgeChunk, mergeGaps, wholeCharacters } from "./log-bounds";

/** A log kept by the rule, as the store does it. */
function deliver(chunks: { offset: number; bytes: Uint8Array }[]): { size: number; bytes: number[] } {
  const bytes: number[] = [];
  for (const chunk of chunks) {
    const verdict = judgeChunk(bytes.length, chunk.offset, chunk.bytes.length);
    if (verdict.kind === "append") bytes.push(...chunk.bytes.subarray(verdict.trim));
  }
  return { size: bytes.length, bytes };
}

describe("judgeChunk", () => {
  it("keeps every byte once and in order, whatever is sent twice, early or overlapping", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.array(fc.tuple(fc.nat(300), fc.nat(60)), { maxLength: 40 }),
        (log, sends) => {
          const noise = sends.map(([offset, length]) => ({ offset, bytes: log.subarray(offset, offset + length) }));
          const usable = noise.filter((chunk) => chunk.offset < log.length);
          const seen = deliver(usable);
          expect(seen.bytes).toEqual([...log.subarray(0, seen.size)]);
          const all = deliver([...usable, { offset: 0, bytes: log }, ...usable]);
          expect(all.bytes).toEqual([...log]);
        },
      ),
    );
  });

  it("takes a chunk past bytes that the agent dropped, and notes the gap", () => {
    expect(judgeChunk(10, 50, 5)).toEqual({ kind: "ahead" });
    expect(judgeChunk(10, 50, 5, 40)).toEqual({ kind: "append", offset: 50, trim: 0, gap: { from: 10, to: 50 } });
    expect(judgeChunk(55, 50, 5, 40)).toEqual({ kind: "duplicate" });
  });
});

describe("bounds", () => {
  it("keeps a head and a tail", () => {
    expect(droppableRange(20, 10)).toBeNull();
    expect(droppableRange(25, 10)).toEqual({ from: 10, to: 15 });
  });

  it("joins gaps that touch", () => {
    expect(
      mergeGaps([
        { from: 5, to: 9 },
        { from: 1, to: 3 },
        { from: 3, to: 5 },
        { from: 12, to: 12 },
      ]),
    ).toEqual([{ from: 1, to: 9 }]);
  });
});

describe("wholeCharacters", () => {
  it("never cuts a character, and leaves at most three bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(200), (text, cut) => {
        const bytes = new TextEncoder().encode(text).subarray(0, cut);
        const length = wholeCharacters(bytes);
        expect(bytes.length - length).toBeLessThanOrEqual(3);
        expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length))).not.toThrow();
      }),
    );
  });

  it("lets bytes that are no text pass", () => {
    expect(wholeCharacters(new Uint8Array([0x80, 0x80, 0x80, 0x80, 0x80]))).toBe(5);
  });
});
