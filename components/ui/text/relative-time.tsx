"use client";

import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/class-names";
import { formatAbsolute, formatRelative, type Instant, toMillis } from "@/components/ui/format/format-time";
import { readTick, subscribeTick } from "./shared-tick";

export type RelativeTimeProps = { at: Instant | null | undefined; className?: string; prefix?: string };

/** On the server and at first paint, where the reader's clock and zone are not known yet. */
const noText = () => null;

/** What happened since the last tick is not still to come. */
function relativeNow(at: RelativeTimeProps["at"]): string {
  if (at === null || at === undefined) return "–";
  const tick = readTick();
  return formatRelative(at, toMillis(at) > tick ? Date.now() : tick);
}

/** "3 min ago", kept true by itself; the absolute time with its zone on hover and focus. */
export function RelativeTime({ at, className, prefix }: RelativeTimeProps) {
  const told = useSyncExternalStore(subscribeTick, () => relativeNow(at), noText);
  if (at === null || at === undefined || Number.isNaN(toMillis(at))) return <span className={className}>–</span>;
  return (
    <time
      dateTime={new Date(toMillis(at)).toISOString()}
      data-tip={formatAbsolute(at, told === null ? "UTC" : undefined)}
      suppressHydrationWarning
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {prefix && `${prefix} `}
      {told ?? formatRelative(at, Date.now())}
    </time>
  );
}
