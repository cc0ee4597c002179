/** Reads that are asked for again and again: at once, never two at a time, and with a rest that grows with what one took. */

/** So short that each of ten changes a second is seen, and long enough that a burst is a read or two. */
export const leastRestMs = 40;

/** One that takes longer is not waited for: its connection may be gone without a word. */
export const mostReadMs = 10_000;

/** A server that is busy answers later, and is then asked more seldom by all. */
export const restAfter = (tookMs: number): number => Math.max(leastRestMs, Math.min(mostReadMs, 2 * tookMs));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** By key, however many ask: what is asked for during a read or its rest is one read after it. */
export function pacedReads(read: (key: string) => Promise<unknown>): (key: string) => void {
  const wanted = new Map<string, boolean>();
  async function ask(key: string): Promise<void> {
    if (wanted.has(key)) return void wanted.set(key, true);
    wanted.set(key, false);
    const from = performance.now();
    await Promise.race([read(key).catch(() => undefined), pause(mostReadMs)]);
    await pause(restAfter(performance.now() - from));
    const isWanted = wanted.get(key);
    wanted.delete(key);
    if (isWanted) void ask(key);
  }
  return (key) => void ask(key);
}
