import { cn } from "@/components/ui/class-names";

/** Grey shapes with the size of what is coming, so that nothing moves when it comes. */

export function TextSkeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden className={cn("grid gap-2", className)}>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <div key={line} className="skeleton h-3" style={{ width: `${92 - ((line * 29) % 47)}%` }} />
      ))}
    </div>
  );
}

export function CardSkeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cn("rounded-lg border border-line bg-panel p-4", className)}>
      <div className="skeleton mb-4 h-4 w-40" />
      <TextSkeleton />
    </div>
  );
}

export function ChartSkeleton({ height = 220, className }: { height?: number; className?: string }) {
  return (
    <div
      aria-hidden
      className={cn("flex items-end gap-[3%] border-line border-b border-l px-3 pt-3", className)}
      style={{ height }}
    >
      {[38, 55, 47, 66, 60, 74, 70, 82, 78, 88].map((share) => (
        <div key={share} className="skeleton flex-1 rounded-b-none" style={{ height: `${share * 0.8}%` }} />
      ))}
    </div>
  );
}

export function TableSkeleton({
  rows = 10,
  columns = 6,
  className,
}: {
  rows?: number;
  columns?: number;
  className?: string;
}) {
  const cells = Array.from({ length: columns }, (_, column) => column);
  return (
    <div aria-hidden className={cn("overflow-hidden rounded-lg border border-line bg-panel", className)}>
      <div className="h-8 border-line border-b bg-well/50" />
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-line border-b px-3 last:border-b-0">
          {cells.map((column) => (
            <div key={column} className="flex-1">
              <div
                className="skeleton h-2.5"
                style={{ width: `${column === 0 ? 70 : 35 + ((row * 13 + column * 29) % 45)}%` }}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <div aria-hidden className="mb-5">
        <div className="skeleton mb-2 h-6 w-56" />
        <div className="skeleton h-3.5 w-80 max-w-full" />
      </div>
      <TableSkeleton />
    </div>
  );
}
