/** Why an attempt is to end before it would by itself. The first reason stands. */
import type { AttemptCause } from "@/server/domains/compute/contract/job";

export type StopReason = "cancelled" | "stale" | "released" | "lease" | "time_limit" | "memory";

const CAUSES: Record<StopReason, AttemptCause> = {
  cancelled: "cancelled",
  stale: "cancelled",
  released: "agent_stopped",
  lease: "agent_lost",
  time_limit: "time_limit",
  memory: "out_of_memory",
};

/** When its lease is out the server may give the job away within seconds: no long good-byes. */
const LEASE_GRACE_MS = 4_000;

export class Stop {
  readonly #abort = new AbortController();
  reason: StopReason | null = null;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  request(reason: StopReason): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.#abort.abort();
  }
}

export function causeOfStop(reason: StopReason): AttemptCause {
  return CAUSES[reason];
}

export function graceFor(reason: StopReason | null, graceMs: number): number {
  if (reason === "memory") return 0;
  return reason === "lease" ? Math.min(graceMs, LEASE_GRACE_MS) : graceMs;
}

export function sayStop(reason: StopReason, limits: { timeLimitSeconds: number; memoryBytes: number }): string {
  const mebibytes = Math.round(limits.memoryBytes / 1024 ** 2);
  const words: Record<StopReason, string> = {
    cancelled: "It was cancelled.",
    stale: "It was replaced by a later attempt.",
    released: "Its agent was stopped.",
    lease: "Its agent lost touch with the server, and its lease ran out.",
    time_limit: `It ran longer than its time limit of ${limits.timeLimitSeconds} s.`,
    memory: `It used more than its ${mebibytes} MiB of memory.`,
  };
  return words[reason];
}

/** 24.8 days: Node ends a longer timer at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Calls back when nobody renews; holds the deadline on the monotonic clock that timers run by. */
export class Deadline {
  #timer: NodeJS.Timeout | null = null;

  constructor(readonly expired: () => void) {}

  renew(milliseconds: number): void {
    this.clear();
    const step = Math.min(milliseconds, TIMER_MAX_MS);
    this.#timer = setTimeout(() => (milliseconds > step ? this.renew(milliseconds - step) : this.expired()), step);
  }

  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
