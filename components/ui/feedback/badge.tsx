import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type Tone = "neutral" | "accent" | "running" | "queued" | "succeeded" | "failed" | "warning" | "cancelled";

export type BadgeProps = { tone?: Tone; icon?: ReactNode; hollow?: boolean; className?: string; children: ReactNode };

const tones: Record<Tone, string> = {
  neutral: "bg-well text-muted",
  accent: "bg-accent/10 text-accent-text",
  running: "bg-running/10 text-running",
  queued: "bg-well text-queued",
  succeeded: "bg-succeeded/10 text-succeeded",
  failed: "bg-failed/10 text-failed",
  warning: "bg-warning/12 text-warning",
  cancelled: "text-cancelled ring-1 ring-line ring-inset",
};

/** A short word set off from its surroundings: a tag, an alias, a count. */
export function Badge({ tone = "neutral", icon, hollow, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-label [&_svg]:size-3 [&_svg]:shrink-0",
        hollow ? "text-muted ring-1 ring-line ring-inset" : tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
