/** Trying again while the server is away: soon at first, then every few seconds, never all agents at once. */
import { setTimeout as pause } from "node:timers/promises";

const FIRST_MS = 100;
const MOST_MS = 5_000;

export class Backoff {
  #failures = 0;

  reset(): void {
    this.#failures = 0;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Resolves early, without an error, when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    await pause(most * (0.5 + Math.random() / 2), undefined, { signal, ref: true }).catch(() => undefined);
  }
}
