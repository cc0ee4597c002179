/** What a job holds in memory, by asking: its peak, and its limit where no cgroup can hold it. */
import { sessionMembers } from "./process-family";

const ENFORCE_MS = 100;
const OBSERVE_FIRST_MS = 25;
const OBSERVE_MS = 1_000;

export class MemoryWatch {
  peakBytes = 0;
  #timer: NodeJS.Timeout | null = null;

  /** `exceeded` is left out where a cgroup enforces: then it looks often only at first, for jobs that are over soon. */
  constructor(leader: number, limitBytes: number, exceeded?: () => void) {
    const look = (nextMs: number) => {
      const held = sessionMembers(leader).reduce((sum, one) => sum + one.rssBytes, 0);
      this.peakBytes = Math.max(this.peakBytes, held);
      if (exceeded && held > limitBytes) exceeded();
      this.#timer = setTimeout(() => look(exceeded ? ENFORCE_MS : Math.min(OBSERVE_MS, nextMs * 2)), nextMs);
    };
    look(OBSERVE_FIRST_MS);
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}
