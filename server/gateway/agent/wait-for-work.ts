/** Long polls: agents wait here for a word that the queue moved. */
import { QUEUE_TOPIC } from "@/server/domains/compute/service/attempts/agent-verb";
import { subscribeLive } from "@/server/platform/live/listen";

/** Retries that come due, and words lost with the live connection, are found without being told. */
const RECHECK_MS = 3_000;

const waiting = new Set<() => void>();
let subscribed = false;

function subscribe(): void {
  if (subscribed) return;
  subscribed = true;
  subscribeLive((_project, topics) => {
    if (!topics.includes(QUEUE_TOPIC) && !topics.includes("*")) return;
    for (const wake of [...waiting]) wake();
  });
}

function pause(ms: number, signal: AbortSignal): { woken: Promise<void> } {
  const woken = new Promise<void>((resolve) => {
    const timer = setTimeout(wake, ms);
    function wake() {
      clearTimeout(timer);
      waiting.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    }
    waiting.add(wake);
    signal.addEventListener("abort", wake);
  });
  return { woken };
}

/** Asks until there is something, the time is up, or the caller went away; listens before it asks, so no word is missed. */
export async function askUntil<T>(
  ask: () => Promise<T>,
  isSomething: (answer: T) => boolean,
  ms: number,
  signal: AbortSignal,
): Promise<T> {
  subscribe();
  const until = performance.now() + ms;
  for (;;) {
    const left = until - performance.now();
    const pausing = new AbortController();
    const { woken } = pause(Math.max(0, Math.min(left, RECHECK_MS)), AbortSignal.any([signal, pausing.signal]));
    try {
      const answer = await ask();
      if (isSomething(answer) || left <= 0 || signal.aborted) return answer;
      await woken;
    } finally {
      pausing.abort();
    }
  }
}
