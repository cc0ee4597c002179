/** Whether a feature view keeps up with its stream. Pure; times are on the stream's own clock. */
import type { FreshnessView } from "../contract/catalog";

/** How far the views of one source have come: the furthest is taken for the stream's clock. */
export type StreamClock = { online: Date | null; offline: Date | null };
type Reached = { online: Date | null; offline: Date | null };

/** What is served counts where something is; else what was computed. Within its TTL of the clock a view is fresh. */
export function freshnessOf(reached: Reached, clock: StreamClock, ttlSeconds: number): FreshnessView | null {
  const isOnline = reached.online !== null && clock.online !== null;
  const [at, now] = isOnline ? [reached.online, clock.online] : [reached.offline, clock.offline];
  if (at === null || now === null) return null;
  const lagMs = Math.max(0, now.getTime() - at.getTime());
  return { at, lagMs, isFresh: lagMs <= ttlSeconds * 1_000, isOnline };
}
