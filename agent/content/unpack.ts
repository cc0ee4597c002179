/**
 * Unpacks a code archive (tar.gz) of which nothing is trusted: only plain files and folders, only below the target, in
 * bounded number and size. Formats: ustar, pax paths, GNU long names.
 */
import { createReadStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createGunzip } from "node:zlib";
import { AttemptFailure } from "../runner/attempt-failure";
import { ByteReader } from "./byte-reader";

const BLOCK = 512;

export type UnpackLimits = { maxBytes: number; maxEntries: number };
export const CODE_LIMITS: UnpackLimits = { maxBytes: 2 * 1024 ** 3, maxEntries: 50_000 };

type Entry = { path: string; size: number; type: string; executable: boolean };

function fail(message: string): never {
  throw new AttemptFailure("code_invalid", `The code archive is refused: ${message}.`);
}

function text(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString("utf8");
}

function octal(block: Buffer, from: number, length: number): number {
  const value = text(block, from, length).trim();
  if (!/^[0-7]*$/.test(value)) fail("a header holds a number that is none");
  return Number.parseInt(value || "0", 8);
}

function parseHeader(block: Buffer): Entry {
  const stated = octal(block, 148, 8);
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i += 1) if (i < 148 || i >= 156) sum += block[i] ?? 0;
  if (sum !== stated) fail("a header's checksum is wrong, so it is no tar");
  const prefix = text(block, 257, 5) === "ustar" ? text(block, 345, 155) : "";
  const name = text(block, 0, 100);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    path: prefix ? `${prefix}/${name}` : name,
    size: octal(block, 124, 12),
    type,
    executable: (octal(block, 100, 8) & 0o100) !== 0,
  };
}

/** `<length> <key>=<value>\n` records. */
function parsePax(body: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const length = Number(body.subarray(at, space).toString());
    if (space < 0 || !Number.isInteger(length) || length <= 0 || at + length > body.length)
      fail("a pax header is broken");
    const record = body.subarray(space + 1, at + length - 1).toString("utf8");
    const equals = record.indexOf("=");
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

/** The path below the target, null for the target itself. */
export function safePath(path: string): string | null {
  const shown = JSON.stringify(path.slice(0, 200));
  if (path.length > 1_024) fail(`a path is longer than 1,024 characters (${shown}…)`);
  if (path.includes("\u0000")) fail(`a path holds a NUL character (${shown})`);
  if (path.startsWith("/")) fail(`${shown} is an absolute path`);
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) fail(`${shown} leads out of the folder`);
  if (parts.length > 64) fail(`${shown} is deeper than 64 folders`);
  return parts.length === 0 ? null : parts.join("/");
}

const KINDS: Record<string, string> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a pipe",
};

/** Why a path can't be made, without the place on this machine; anything but the archive's fault goes on as it is. */
async function refusePlace(error: unknown, entry: Entry, target: string): Promise<never> {
  const shown = JSON.stringify(entry.path.slice(0, 200));
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENAMETOOLONG") fail(`a name in ${shown} is too long`);
  if (code === "ENOTDIR") fail(`${shown} lies below a file`);
  if (code !== "EEXIST" && code !== "EISDIR") throw error;
  const there = await stat(target).catch(() => null);
  fail(there === null ? `${shown} lies below a file` : there.isDirectory() ? `${shown} is a file and a folder` : `${shown} is there twice`);
}

async function writeFile(reader: ByteReader, entry: Entry, target: string): Promise<void> {
  const refuse = (error: unknown) => refusePlace(error, entry, target);
  await mkdir(dirname(target), { recursive: true }).catch(refuse);
  const file = await open(target, "wx", entry.executable ? 0o755 : 0o644).catch(refuse);
  let size = 0;
  try {
    for await (const part of reader.take(entry.size)) {
      await file.writeFile(part);
      size += part.length;
    }
  } finally {
    await file.close();
  }
  if (size !== entry.size) fail("it is cut short");
  await reader.read((BLOCK - (entry.size % BLOCK)) % BLOCK);
}

/** Extended headers say the next entry's path and size. */
async function readExtension(reader: ByteReader, entry: Entry): Promise<Map<string, string>> {
  if (entry.size > 1024 ** 2) fail("an extended header is larger than 1 MiB");
  const body = (await reader.read(entry.size)) ?? Buffer.alloc(0);
  await reader.read((BLOCK - (entry.size % BLOCK)) % BLOCK);
  if (entry.type === "L") return new Map([["path", text(body, 0, body.length)]]);
  return entry.type === "x" ? parsePax(body) : new Map();
}

async function place(reader: ByteReader, entry: Entry, folder: string): Promise<void> {
  const kind = KINDS[entry.type];
  if (kind) fail(`${JSON.stringify(entry.path)} is ${kind}`);
  const path = safePath(entry.path);
  if (entry.type === "5") {
    if (path !== null)
      await mkdir(join(folder, path), { recursive: true }).catch(() =>
        fail(`${JSON.stringify(path)} is a file and a folder`),
      );
    return;
  }
  if (!["0", "\u0000", "7"].includes(entry.type)) fail(`${JSON.stringify(entry.path)} is of an unknown kind`);
  if (path === null) fail("a file has no name");
  else await writeFile(reader, entry, join(folder, path));
}

async function unpackEntries(reader: ByteReader, folder: string, limits: UnpackLimits): Promise<void> {
  let [bytes, entries] = [0, 0];
  let extension = new Map<string, string>();
  for (;;) {
    const block = await reader.read(BLOCK);
    if (block === null || block.every((byte) => byte === 0)) return;
    const header = parseHeader(block);
    const entry = {
      ...header,
      path: extension.get("path") ?? header.path,
      size: Number(extension.get("size") ?? header.size),
    };
    entries += 1;
    if (entries > limits.maxEntries) fail(`it has more than ${limits.maxEntries} entries`);
    if (["x", "g", "L", "K"].includes(header.type)) {
      extension = new Map([...extension, ...(await readExtension(reader, header))]);
      continue;
    }
    extension = new Map();
    bytes += entry.size;
    if (!Number.isSafeInteger(entry.size) || entry.size < 0 || bytes > limits.maxBytes)
      fail(`it unpacks to more than ${limits.maxBytes} bytes`);
    await place(reader, entry, folder);
  }
}

export async function unpackCode(archive: string, folder: string, limits = CODE_LIMITS): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = createReadStream(archive);
  const unzipped = createGunzip();
  file.on("error", (error) => unzipped.destroy(error));
  try {
    await unpackEntries(new ByteReader(file.pipe(unzipped)), folder, limits);
  } catch (error) {
    // A disk that is full, a folder that may not be written: not the archive's fault.
    if (error instanceof AttemptFailure || (error instanceof Error && "syscall" in error)) throw error;
    fail(error instanceof Error ? error.message : String(error));
  } finally {
    file.destroy();
    unzipped.destroy();
  }
}
