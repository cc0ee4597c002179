import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type SectionProps = {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  id?: string;
  className?: string;
  children?: ReactNode;
};

/** A titled panel; `flush` lets a table or chart reach its edges. */
export function Section({ title, description, actions, flush, id, className, children }: SectionProps) {
  return (
    <section id={id} className={cn("min-w-0 scroll-mt-16 rounded-lg border border-line bg-panel", className)}>
      {(title || actions) && (
        <header
          className={cn(
            "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5",
            flush && "border-line border-b",
          )}
        >
          <div className={cn("min-w-0 flex-1", description && actions && "basis-40")}>
            {title && <h2 className="text-body">{title}</h2>}
            {description && <p className="text-label text-muted">{description}</p>}
          </div>
          {actions && <div className="flex items-center gap-1.5">{actions}</div>}
        </header>
      )}
      <div className={cn(!flush && (title || actions ? "px-4 pt-0.5 pb-4" : "p-4"))}>{children}</div>
    </section>
  );
}
