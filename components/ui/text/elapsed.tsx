"use client";

import { useSyncExternalStore } from "react";
import { formatDuration } from "@/components/ui/format/format-duration";
import { type Instant, toMillis } from "@/components/ui/format/format-time";
import { readTick, subscribeTick } from "./shared-tick";

export type ElapsedProps = { from: Instant; to?: Instant | null; className?: string };

function elapsedWords(from: Instant, end: number, isOver: boolean): string {
  const ms = Math.max(0, end - toMillis(from));
  return formatDuration(isOver ? ms : Math.floor(ms / 1000) * 1000);
}

const noText = () => null;

/** How long something has taken; it runs on while there is no `to`. */
export function Elapsed({ from, to, className }: ElapsedProps) {
  const running = useSyncExternalStore(subscribeTick, () => (to ? null : elapsedWords(from, readTick(), false)), noText);
  return (
    <span suppressHydrationWarning className={className}>
      {running ?? elapsedWords(from, to ? toMillis(to) : Date.now(), Boolean(to))}
    </span>
  );
}
