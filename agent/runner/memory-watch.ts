/** What a job holds in memory, by asking: its peak, and its limit where no cgroup can hold it. */
import { sessionMembers } from "./process-family";

const ENFORCE_MS = 100;
const OBSERVE_MS = 1_000;

export class MemoryWatch {
  peakBytes = 0;
  readonly #timer: NodeJS.Timeout;

  /** `exceeded` is left out where a cgroup enforces. */
  constructor(leader: number, limitBytes: number, exceeded?: () => void) {
    const look = () => {
      const held = sessionMembers(leader).reduce((sum, one) => sum + one.rssBytes, 0);
      this.peakBytes = Math.max(this.peakBytes, held);
      if (exceeded && held > limitBytes) exceeded();
    };
    this.#timer = setInterval(look, exceeded ? ENFORCE_MS : OBSERVE_MS);
    look();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
