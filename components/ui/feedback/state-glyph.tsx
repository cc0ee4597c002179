import { cn } from "@/components/ui/class-names";
import type { Glyph } from "./state-look";

/** Shapes differ without their colour: a ring says "going on", a disc says "settled". */
const marks: Record<Glyph, string> = {
  spin: "M8 1.75A6.25 6.25 0 0 1 14.25 8",
  dashed: "",
  check: "m5 8.3 2.1 2.1L11 6.2",
  cross: "m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4",
  bar: "m4.2 11.8 7.6-7.6",
  bang: "M8 4.6v4.2M8 11.3v.1",
  dot: "M8 8h.01",
  pause: "M6.3 5.8v4.4M9.7 5.8v4.4",
  question: "M6.2 6.4A1.9 1.9 0 1 1 8 8.6v.5M8 11.4v.1",
  clock: "M8 4.6V8l2.1 1.5",
};

export function StateGlyph({ glyph, className }: { glyph: Glyph; className?: string }) {
  const spinning = glyph === "spin";
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={cn("size-3.5 shrink-0 fill-none stroke-current", spinning && "animate-spin", className)}
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {glyph === "bang" ? (
        <path d="M8 1.6 14.6 13.4H1.4Z" />
      ) : (
        <circle
          cx="8"
          cy="8"
          r="6.25"
          opacity={spinning ? 0.25 : 1}
          strokeDasharray={glyph === "dashed" ? "2.4 2.5" : undefined}
        />
      )}
      <path d={glyph === "bang" ? "M8 6.2v3.2M8 11.4v.05" : marks[glyph]} strokeWidth={glyph === "dot" ? 5.5 : 1.6} />
    </svg>
  );
}
