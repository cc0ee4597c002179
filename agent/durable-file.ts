/** Files that a power cut leaves whole: written beside, synced, renamed into place. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function writeDurably(path: string, value: unknown): void {
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeFileSync(file, JSON.stringify(value));
    fsyncSync(file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
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

/** Makes the file if it is not there; false when somebody else has it. */
export function createExclusively(path: string, value: unknown): boolean {
  try {
    writeFileSync(path, JSON.stringify(value), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
