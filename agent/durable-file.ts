/** Files that a power cut leaves whole: written beside, synced, renamed into place. */
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { z } from "zod";

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Writes it beside its place, and then puts it there; nothing is left beside it. */
function writeBeside(path: string, value: unknown, put: (beside: string) => void): void {
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeFileSync(file, JSON.stringify(value));
    fsyncSync(file);
    put(beside);
  } finally {
    closeSync(file);
    rmSync(beside, { force: true });
  }
}

export function writeDurably(path: string, value: unknown): void {
  writeBeside(path, value, (beside) => renameSync(beside, path));
  syncFolder(dirname(path));
}

/** Null when the file is not there or was never finished. */
export function readJsonFile<S extends z.ZodType>(path: string, schema: S): z.output<S> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}

/** Makes the file if it is not there, whole from its first moment; false when somebody else has it. */
export function createExclusively(path: string, value: unknown): boolean {
  // Also where the disk is full: what is there needs no room.
  if (existsSync(path)) return false;
  try {
    writeBeside(path, value, (beside) => linkSync(beside, path));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function openFolders(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) openFolders(join(path, entry.name));
}

/** With all below it, also where folders were left that nobody may write to. */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    openFolders(path);
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
