/**
 * A folder's files as the tar.gz that the Python SDK makes of them (sdk/python/slipway/source.py), byte for byte: the same folder is the
 * same version of a recipe whichever way it came. Headers are those of Python's `tarfile`; pako with zlib's own hash is zlib, which Node's is not.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Deflate } from "pako";

export type SourceFile = { path: string; executable: boolean; content: Buffer };

const gzipped = promisify<Buffer, { level: number }, Buffer>(gzip);

const block = 512;
const record = 10_240;
/** Compressing goes on between other requests: level 9 takes about 30 ms a piece. */
const pieceBytes = 256 * 1024;

const leftOut = new Set(["__pycache__", ".git", "node_modules", ".venv", ".ipynb_checkpoints"]);
const isKept = (path: string) => !path.endsWith(".pyc") && !path.split("/").some((part) => leftOut.has(part));

/** By code points, as Python sorts; JavaScript's own order is by UTF-16 units. */
const byPath = (a: SourceFile, b: SourceFile) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));

export const codeFiles = (files: readonly SourceFile[]): SourceFile[] => files.filter(({ path }) => isKept(path)).sort(byPath);

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
const isAscii = (text: string) => Buffer.byteLength(text) === [...text].length;
const asciiOf = (text: string) => [...text].map((char) => (char.length === 1 && char < "\u0080" ? char : "?")).join("");

function headerOf(name: string, size: number, mode: number, type: "0" | "x"): Buffer {
  const header = Buffer.alloc(block);
  header.write(asciiOf(name).slice(0, 100), 0, "latin1");
  header.write(`${octal(mode, 8)}${octal(0, 8)}${octal(0, 8)}${octal(size, 12)}${octal(0, 12)}        ${type}`, 100, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0`, 148, "latin1");
  return header;
}

const padding = (size: number, unit: number) => Buffer.alloc((unit - (size % unit)) % unit);

/** `<length> path=<name>\n`, where the length counts its own digits. */
function paxRecord(name: string): Buffer {
  const rest = Buffer.byteLength(name) + "path".length + 3;
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.from(`${length} path=${name}\n`);
}

/** A name that a header can't hold stands in an extended one before it. */
function longNameOf(name: string): Buffer[] {
  if (name.length <= 100 && isAscii(name)) return [];
  const body = paxRecord(name);
  return [headerOf("././@PaxHeader", body.length, 0, "x"), body, padding(body.length, block)];
}

export function tarOf(files: readonly SourceFile[]): Buffer {
  const parts = codeFiles(files).flatMap(({ path, executable, content }) => [
    ...longNameOf(path), headerOf(path, content.length, executable ? 0o755 : 0o644, "0"), content, padding(content.length, block),
  ]);
  parts.push(Buffer.alloc(2 * block));
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, padding(size, record)]);
}

/** As `gzip.GzipFile(filename="", compresslevel=9, mtime=0)` writes it. */
export async function packCode(files: readonly SourceFile[]): Promise<Buffer> {
  const tar = tarOf(files);
  const deflate = new Deflate({ level: 9, raw: true, legacyHash: true });
  const pieces: Uint8Array[] = [];
  deflate.onData = (piece: Uint8Array) => void pieces.push(piece);
  for (let at = 0; at < tar.length; at += pieceBytes) {
    deflate.push(tar.subarray(at, at + pieceBytes), at + pieceBytes >= tar.length);
    await new Promise((next) => setImmediate(next));
  }
  // Node's gzip ends with the same checksum and size.
  const trailer = (await gzipped(tar, { level: 1 })).subarray(-8);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]), ...pieces, trailer]);
}
