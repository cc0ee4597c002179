"use client";

import { cn } from "@/components/ui/class-names";

export type LiveNumberProps = { text: string; className?: string };

/** A number that changes live: the background flashes once on a change, and the width never moves. */
export function LiveNumber({ text, className }: LiveNumberProps) {
  return (
    <span key={text} className={cn("inline-block animate-flash rounded-sm px-0.5 text-right tabular-nums", className)}>
      {text}
    </span>
  );
}
