"use client";

import { useSyncExternalStore } from "react";
import { formatDuration } from "@/components/ui/format/format-duration";
import { type Instant, toMillis } from "@/components/ui/format/format-time";
import { readServerTick, readTick, subscribeTick } from "./shared-tick";

export type ElapsedProps = { from: Instant; to?: Instant | null; className?: string };

/** How long something has taken; it runs on while there is no `to`. */
export function Elapsed({ from, to, className }: ElapsedProps) {
  const tick = useSyncExternalStore(subscribeTick, readTick, readServerTick);
  const end = to ? toMillis(to) : tick === 0 ? Date.now() : tick;
  const ms = Math.max(0, end - toMillis(from));
  return (
    <span suppressHydrationWarning className={className}>
      {formatDuration(to ? ms : Math.floor(ms / 1000) * 1000)}
    </span>
  );
}
