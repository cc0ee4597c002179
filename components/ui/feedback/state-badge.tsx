import { cn } from "@/components/ui/class-names";
import type { Tone } from "./badge";
import { StateGlyph } from "./state-glyph";
import { stateLook } from "./state-look";

export type StateBadgeProps = { state: string; word?: string; iconOnly?: boolean; reason?: string; className?: string };

const colours: Record<Tone, string> = {
  neutral: "text-muted",
  accent: "text-accent-text",
  running: "text-running",
  queued: "text-queued",
  succeeded: "text-succeeded",
  failed: "text-failed",
  warning: "text-warning",
  cancelled: "text-cancelled",
};

/** A state as glyph and word; any string is welcome, unknown ones take no side. `reason` shows on hover. */
export function StateBadge({ state, word, iconOnly, reason, className }: StateBadgeProps) {
  const look = stateLook(state);
  const text = word ?? look.word;
  const named = iconOnly ? { role: "img", "aria-label": text } : {};
  return (
    <span
      {...named}
      data-state={state}
      data-tip={reason ?? (iconOnly ? text : undefined)}
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap align-middle text-table",
        colours[look.tone],
        className,
      )}
    >
      <StateGlyph glyph={look.glyph} />
      {!iconOnly && <span className="first-letter:uppercase">{text}</span>}
    </span>
  );
}
