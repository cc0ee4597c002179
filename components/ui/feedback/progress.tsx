import { cn } from "@/components/ui/class-names";

export type ProgressProps = { label: string; value: number | null; hideValue?: boolean; className?: string };

/** Progress of a task, 0…1; `null` when it cannot be known, which is said and not acted. */
export function Progress({ label, value, hideValue, className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div className={cn("flex items-center gap-2", className)}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        className="h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-well ring-1 ring-line ring-inset"
      >
        <div
          className={cn(
            "h-full rounded-full bg-accent transition-[width] duration-100",
            share === null && "skeleton w-full",
          )}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      {!hideValue && (
        <span className="w-9 text-right text-label text-muted">
          {share === null ? "…" : `${Math.floor(share * 100)}%`}
        </span>
      )}
    </div>
  );
}
