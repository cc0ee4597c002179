/** The bound on one attempt's log: a head and a tail are kept, and what fell out between them is said. Byte offsets. */
import type { ByteRange } from "../contract/job";

/** Kept at each end; 64 MiB in all. */
export const LOG_KEEP_BYTES = 32 * 1024 * 1024;

/** Chunks wholly inside this range may go. Null while the log is within its bound. */
export function droppableRange(size: number, keep = LOG_KEEP_BYTES): ByteRange | null {
  return size > 2 * keep ? { from: keep, to: size - keep } : null;
}

/** Gaps in order, touching ones joined. */
export function mergeGaps(gaps: readonly ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (gap.to <= gap.from) continue;
    if (last && gap.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, gap.to) };
    else merged.push(gap);
  }
  return merged;
}

export type LogWrite =
  | { kind: "duplicate" }
  | { kind: "ahead" }
  /** Take `bytes.subarray(trim)` at `offset`, and note `gap` when the agent dropped bytes before it. */
  | { kind: "append"; offset: number; trim: number; gap: ByteRange | null };

/**
 * Where a chunk belongs in a log that holds `size` bytes: sent twice it is taken once, sent early it is not taken.
 * `skipped` bytes right before `offset` were dropped on the agent and will never come.
 */
export function judgeChunk(size: number, offset: number, length: number, skipped = 0): LogWrite {
  const end = offset + length;
  if (end <= size) return { kind: "duplicate" };
  if (offset - skipped > size) return { kind: "ahead" };
  if (offset <= size) return { kind: "append", offset: size, trim: size - offset, gap: null };
  return { kind: "append", offset, trim: 0, gap: { from: size, to: offset } };
}

/** Where UTF-8 text ends without cutting a character: at most three bytes are left for the next read. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return width > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
