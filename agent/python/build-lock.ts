/** One builder at a time, over all processes of the host; a builder that died gives way. */
import { rmSync } from "node:fs";
import { createExclusively, readJsonFile } from "../durable-file";
import { isAlive, ProcessRef, processRef } from "../host/processes";

const POLL_MS = 200;

/** Null when `isDone` came true while waiting: another process built it. */
export async function takeBuildLock(
  path: string,
  isDone: () => boolean,
  signal: AbortSignal,
): Promise<(() => void) | null> {
  for (;;) {
    if (isDone()) return null;
    signal.throwIfAborted();
    if (createExclusively(path, processRef())) return () => rmSync(path, { force: true });
    const holder = readJsonFile(path, ProcessRef);
    if (!holder || !isAlive(holder)) rmSync(path, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
