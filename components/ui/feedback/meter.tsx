import { cn } from "@/components/ui/class-names";

export type MeterProps = {
  label: string;
  value: number;
  max: number;
  shown?: string;
  warnAt?: number;
  failAt?: number;
  className?: string;
};

/** How full something is; past `warnAt` or `failAt` (in the value's unit) it says so in colour and in words. */
export function Meter({ label, value, max, shown, warnAt, failAt, className }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const level =
    failAt !== undefined && value >= failAt ? "full" : warnAt !== undefined && value >= warnAt ? "high" : "ok";
  const fill = { ok: "bg-accent", high: "bg-warning", full: "bg-failed" }[level];
  return (
    <div className={cn("flex items-center gap-2", className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: the native meter cannot be styled alike in all browsers */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={level === "ok" ? shown : `${shown ?? value}, ${level}`}
        className="h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-well ring-1 ring-line ring-inset"
      >
        <div className={cn("h-full rounded-full", fill)} style={{ width: `${share * 100}%` }} />
      </div>
      {shown && (
        <span
          className={cn(
            "text-label",
            level === "ok" ? "text-muted" : level === "high" ? "text-warning" : "text-failed",
          )}
        >
          {level === "ok" ? shown : `! ${shown}`}
        </span>
      )}
    </div>
  );
}
