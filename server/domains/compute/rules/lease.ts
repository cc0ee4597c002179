/** Lease arithmetic. Seconds throughout; every "now" that judges a lease is the database's. */

/** Below the promised 75 s, with room for the sweep before a job must be queued again within 90 s. */
export const LEASE_SECONDS = 60;
export const HEARTBEAT_SECONDS = 15;
export const SWEEP_SECONDS = 5;
/** How long `hold` waits for an agent that is out of touch. */
export const HOLD_SECONDS = 24 * 3_600;
/** A sweep that comes later than this after the one before means that no server was there to be renewed at. */
const SWEEP_GAP_SECONDS = 20;
/** The runner acts this much before the server does, with its kill's grace inside. */
const RUNNER_MARGIN_SECONDS = 10;

export type LostTouch = "requeue" | "hold";

/** Extend all leases by a term, or expire those that ran out. */
export function sweepAction(now: Date, lastSweep: Date | null): "extend" | "expire" {
  if (lastSweep === null) return "extend";
  const gap = (now.getTime() - lastSweep.getTime()) / 1_000;
  return gap > SWEEP_GAP_SECONDS || gap < 0 ? "extend" : "expire";
}

/** When an attempt that is out of touch is given up: at the lease's end, or after the hold. */
export function graceAfterLease(onLostTouch: LostTouch): number {
  return onLostTouch === "hold" ? HOLD_SECONDS : 0;
}

/** How long a runner lets its job live after the last renewal was sent. */
export function runnerDeadline(leaseSeconds: number, onLostTouch: LostTouch): number {
  return Math.max(1, leaseSeconds - Math.min(RUNNER_MARGIN_SECONDS, leaseSeconds / 3)) + graceAfterLease(onLostTouch);
}

export function isInTouch(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() <= LEASE_SECONDS * 1_000;
}
