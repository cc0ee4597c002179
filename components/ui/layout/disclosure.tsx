import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type DisclosureProps = { summary: ReactNode; open?: boolean; className?: string; children: ReactNode };

/** A part that opens on demand; the browser's own, so find-in-page opens it too. */
export function Disclosure({ summary, open, className, children }: DisclosureProps) {
  return (
    <details open={open} className={cn("group/disclosure min-w-0", className)}>
      <summary className="flex min-h-8 list-none items-center gap-1.5 rounded-sm text-muted text-table hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 transition-transform duration-100 group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      <div className="pt-1 pb-2 pl-5">{children}</div>
    </details>
  );
}
