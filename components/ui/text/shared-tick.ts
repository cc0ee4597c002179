/**
 * One shared clock for every relative time on the page: subscribers are called together, and only while there are any.
 * It ticks by the second; each subscriber takes its text as the snapshot, so that one is drawn anew only when it changes.
 */

const EVERY_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = 0;

export function subscribeTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = Date.now();
    for (const each of listeners) each();
  }, EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function readTick(): number {
  if (tick === 0 || Date.now() - tick > EVERY_MS) tick = Date.now();
  return tick;
}

/** Zero marks the server and the first paint, where the reader's zone is not known yet. */
export const readServerTick = () => 0;
