import type { LiveStanding, LiveState } from "./live-standing";
import { cn } from "@/components/ui/class-names";
import { formatClock } from "@/components/ui/format/format-time";

const says: Record<LiveState, { word: string; tip: string; dot: string }> = {
  connected: { word: "Live", tip: "Connected. What you see moves by itself.", dot: "bg-succeeded" },
  reconnecting: {
    word: "Reconnecting",
    tip: "The live connection was lost; trying again. What you see may be some seconds old.",
    dot: "border-2 border-warning bg-transparent",
  },
  lost: {
    word: "Connection lost",
    tip: "The server is not heard. What you see is what was last received; it catches up once connected.",
    dot: "rounded-none bg-failed",
  },
};

/** Tells the truth about the live connection, in words; a trouble's word stays visible on a phone too. */
export function LiveDot({ standing: { state, since } }: { standing: LiveStanding }) {
  const { word, tip, dot } = says[state];
  return (
    <output
      aria-live="polite"
      data-tip={tip}
      className={cn(
        "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full px-2 text-label",
        state === "connected" ? "text-muted" : "text-ink ring-1 ring-line ring-inset",
      )}
    >
      <span aria-hidden className={cn("size-2 rounded-full", dot)} />
      <span className={cn(state === "connected" && "max-sm:sr-only")}>
        {word}
        {state === "lost" && since !== null && ` since ${formatClock(since)}`}
      </span>
    </output>
  );
}
