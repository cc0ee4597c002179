/**
 * A log on disk as segments named by their first byte's offset. The runner appends, the agent sends and deletes; bytes
 * that the bound dropped, or a full disk refused, are a gap between two segments.
 */
import { closeSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

export const SEGMENT_BYTES = 1024 * 1024;
const SUFFIX = ".seg";

type Segment = { start: number; size: number; path: string };

function pathOf(folder: string, start: number): string {
  return join(folder, `${String(start).padStart(16, "0")}${SUFFIX}`);
}

/** In order; one that vanishes while it is looked at is left out. */
export function listSegments(folder: string): Segment[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    try {
      return [{ start: Number(name.slice(0, -SUFFIX.length)), size: statSync(path).size, path }];
    } catch {
      return [];
    }
  });
}

export class SegmentWriter {
  #total = 0;
  #kept: { start: number; size: number }[] = [];
  #file: number | null = null;

  constructor(
    readonly folder: string,
    /** Kept at each end of the log when the agent does not come for it. */
    readonly keepBytes: number,
  ) {}

  get total(): number {
    return this.#total;
  }

  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const written = this.#writeSome(bytes.subarray(at));
      if (written === null) {
        // The disk is full: what does not fit is a gap, and the job goes on.
        this.#total += bytes.length - at;
        this.close();
        return;
      }
      at += written;
    }
  }

  #writeSome(bytes: Buffer): number | null {
    const last = this.#kept.at(-1);
    const segment = this.#file === null || !last || last.size >= SEGMENT_BYTES ? this.#roll() : last;
    if (segment === null || this.#file === null) return null;
    try {
      const written = writeSync(this.#file, bytes, 0, Math.min(bytes.length, SEGMENT_BYTES - segment.size));
      segment.size += written;
      this.#total += written;
      return written;
    } catch {
      return null;
    }
  }

  #roll(): { start: number; size: number } | null {
    this.close();
    try {
      this.#file = openSync(pathOf(this.folder, this.#total), "a", 0o600);
    } catch {
      return null;
    }
    const segment = { start: this.#total, size: 0 };
    this.#kept.push(segment);
    this.#prune();
    return segment;
  }

  #prune(): void {
    const tail = this.#total - this.keepBytes;
    this.#kept = this.#kept.filter(({ start, size }) => {
      const isMiddle = size > 0 && start >= this.keepBytes && start + size <= tail;
      if (isMiddle) rmSync(pathOf(this.folder, start), { force: true });
      return !isMiddle;
    });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

export type Piece = { offset: number; skipped: number; bytes: Buffer };

/** The next bytes from `from` on; `skipped` were dropped before them. Null when nothing more is there yet. */
export function readPiece(folder: string, from: number, limit = SEGMENT_BYTES): Piece | null {
  for (const segment of listSegments(folder)) {
    if (segment.start + segment.size <= from) continue;
    const offset = Math.max(from, segment.start);
    const bytes = Buffer.alloc(Math.min(limit, segment.start + segment.size - offset));
    let file: number;
    try {
      file = openSync(segment.path, "r");
    } catch {
      continue;
    }
    try {
      const length = readSync(file, bytes, 0, bytes.length, offset - segment.start);
      if (length > 0) return { offset, skipped: offset - from, bytes: bytes.subarray(0, length) };
    } finally {
      closeSync(file);
    }
  }
  return null;
}

/** Segments that were sent whole; the last stays, as the runner may still write to it. */
export function deleteSent(folder: string, upTo: number): void {
  const segments = listSegments(folder);
  for (const segment of segments.slice(0, -1)) {
    if (segment.start + segment.size <= upTo) rmSync(segment.path, { force: true });
  }
}
