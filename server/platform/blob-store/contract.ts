/** What every blob backend offers; content is named by its SHA-256. */
import type { Readable } from "node:stream";

export type ByteRange = { start: number; end: number };

/** Verified content that nobody sees yet: `reveal` makes it visible at once or not at all, `discard` drops it. */
export type StagedBlob = { sha256: string; size: number; reveal(): Promise<void>; discard(): Promise<void> };

export type BlobStore = {
  /** Reads the stream to its end and verifies what was promised. */
  stage(content: Readable, promised: { sha256?: string; size?: number; maxBytes: number }): Promise<StagedBlob>;
  /** Takes a finished local file, without copying where it can. */
  stageFile(path: string): Promise<StagedBlob>;
  /** `end` is inclusive. */
  read(sha256: string, range?: ByteRange): Readable;
  size(sha256: string): Promise<number | null>;
  /** A local path for programs that read files (DuckDB, ONNX Runtime). */
  localPath(sha256: string): Promise<string>;
  remove(sha256: string): Promise<void>;
  /** Everything that lies in the store since before `time`, in batches. */
  listOlderThan(time: Date): AsyncIterable<string[]>;
  /** Drops what was staged before `time` and never revealed; says how many bytes that freed. */
  discardStagedBefore(time: Date): Promise<{ count: number; bytes: number }>;
};
