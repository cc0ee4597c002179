/** One builder at a time, over all processes of the host; a builder that died gives way. */
import { rmSync } from "node:fs";
import { takeLock } from "../host/lock-file";

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
    if (takeLock(path) === null) return () => rmSync(path, { force: true });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
