/** What every blob backend offers; content is named by its SHA-256. */
import type { Readable } from "node:stream";

export type ByteRange = { start: number; end: number };

export type BlobStore = {
  /** Reads the stream to its end, verifies what was promised, and makes it visible at once or not at all. */
  put(content: Readable, promised: { sha256?: string; size?: number; maxBytes: number }): Promise<{ sha256: string; size: number }>;
  /** Moves a finished local file in, without copying where it can. */
  adopt(path: string): Promise<{ sha256: string; size: number }>;
  /** `end` is inclusive. */
  read(sha256: string, range?: ByteRange): Readable;
  size(sha256: string): Promise<number | null>;
  /** A local path for programs that read files (DuckDB, ONNX Runtime). */
  localPath(sha256: string): Promise<string>;
  remove(sha256: string): Promise<void>;
  usedBytes(): Promise<number>;
};
