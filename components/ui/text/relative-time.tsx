"use client";

import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/class-names";
import { formatAbsolute, formatRelative, type Instant, toMillis } from "@/components/ui/format/format-time";
import { readServerTick, readTick, subscribeTick } from "./shared-tick";

export type RelativeTimeProps = { at: Instant | null | undefined; className?: string; prefix?: string };

/** "3 min ago", kept true by itself; the absolute time with its zone on hover and focus. */
export function RelativeTime({ at, className, prefix }: RelativeTimeProps) {
  const tick = useSyncExternalStore(subscribeTick, readTick, readServerTick);
  if (at === null || at === undefined || Number.isNaN(toMillis(at))) return <span className={className}>–</span>;
  return (
    <time
      dateTime={new Date(toMillis(at)).toISOString()}
      data-tip={formatAbsolute(at, tick === 0 ? "UTC" : undefined)}
      suppressHydrationWarning
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {prefix && `${prefix} `}
      {formatRelative(at, tick === 0 ? Date.now() : Math.max(tick, toMillis(at) > tick ? Date.now() : tick))}
    </time>
  );
}
