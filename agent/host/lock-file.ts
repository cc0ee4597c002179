/** A file that one process at a time has; one whose process is gone gives way. */
import { readFileSync, rmSync } from "node:fs";
import { createExclusively } from "../durable-file";
import { isAlive, ProcessRef, processRef } from "./processes";

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function holderOf(text: string): ProcessRef | null {
  try {
    return ProcessRef.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Null once it is ours, else who has it. What nobody can read was never finished. */
export function takeLock(path: string): ProcessRef | null {
  for (;;) {
    if (createExclusively(path, processRef())) return null;
    const text = readIfThere(path);
    // Given back this moment.
    if (text === null) continue;
    const holder = holderOf(text);
    if (holder && isAlive(holder)) return holder;
    rmSync(path, { force: true });
  }
}
