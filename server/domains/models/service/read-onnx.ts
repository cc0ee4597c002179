/**
 * Reads of an ONNX file what its signature needs, and passes over the weights: a file of gigabytes costs a few pages of
 * memory. Messages are walked by their lengths; fields that our schema does not name are never read.
 */
import { type FileHandle, open } from "node:fs/promises";
import protobuf from "protobufjs";
import { Invalid } from "@/server/platform/errors";
import { modelType } from "../rules/onnx-file";

/** What is kept may be this much: graphs of a hundred thousand nodes have less. */
export const maxOutlineBytes = 64 * 1024 ** 2;
const windowBytes = 64 * 1024;
/** Smaller messages are kept as they are: walking them would cost more than it saves. */
const smallBytes = 4 * 1024;
const maxDepth = 64;

const broken = () => new Invalid("model.onnx is not an ONNX file: it does not parse.", { field: "model.onnx" });

type Field = { tag: number; wire: number; bodyFrom: number; bodyTo: number };

/** The file through a window that moves: short reads near each other are one system call. */
class WindowedFile {
  #window: Buffer = Buffer.alloc(0);
  #from = 0;
  #kept = 0;
  constructor(private readonly file: FileHandle) {}

  async #view(from: number, length: number): Promise<Buffer> {
    if (from < this.#from || from + length > this.#from + this.#window.length) {
      const window = Buffer.alloc(Math.max(windowBytes, length));
      const { bytesRead } = await this.file.read(window, 0, window.length, from);
      this.#window = window.subarray(0, bytesRead);
      this.#from = from;
    }
    return this.#window.subarray(from - this.#from, from - this.#from + length);
  }

  /** A copy that is kept, against the bound. */
  async keep(from: number, to: number): Promise<Buffer> {
    this.#kept += to - from;
    if (this.#kept > maxOutlineBytes) {
      throw new Invalid(`model.onnx: its graph without weights is larger than ${maxOutlineBytes / 1024 ** 2} MiB.`, { field: "model.onnx" });
    }
    const bytes = Buffer.from(await this.#view(from, to - from));
    if (bytes.length !== to - from) throw broken();
    return bytes;
  }

  /** The field that begins at `from`, inside a message that ends at `end`. */
  async field(from: number, end: number): Promise<Field> {
    const head = protobuf.Reader.create(await this.#view(from, Math.min(20, end - from)));
    try {
      const tag = head.uint32();
      const wire = tag & 7;
      if (wire === 0) head.skip();
      const length = wire === 2 ? head.uint32() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
      const bodyFrom = from + head.pos;
      const bodyTo = bodyFrom + length;
      if (wire === 3 || wire === 4 || wire > 5 || bodyTo > end) throw broken();
      return { tag, wire, bodyFrom, bodyTo };
    } catch {
      throw broken();
    }
  }
}

const delimited = (tag: number, body: Uint8Array): Uint8Array => protobuf.Writer.create().uint32(tag).bytes(body).finish();

/** The message in [from, to) with the fields that its type names, and of them likewise. */
async function outlineOf(file: WindowedFile, from: number, to: number, type: protobuf.Type, depth: number): Promise<Uint8Array> {
  if (to - from <= smallBytes) return file.keep(from, to);
  if (depth > maxDepth) throw broken();
  const pieces: Uint8Array[] = [];
  for (let at = from; at < to; ) {
    const { tag, wire, bodyFrom, bodyTo } = await file.field(at, to);
    const known = type.fieldsById[tag >>> 3]?.resolve();
    if (known?.resolvedType instanceof protobuf.Type && wire === 2) {
      pieces.push(delimited(tag, await outlineOf(file, bodyFrom, bodyTo, known.resolvedType, depth + 1)));
    } else if (known) {
      pieces.push(await file.keep(at, bodyTo));
    }
    at = bodyTo;
  }
  return Buffer.concat(pieces);
}

export async function readOnnxOutline(path: string): Promise<Uint8Array> {
  const handle = await open(path, "r");
  try {
    return await outlineOf(new WindowedFile(handle), 0, (await handle.stat()).size, modelType, 0);
  } finally {
    await handle.close();
  }
}
