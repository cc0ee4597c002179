import type { CSSProperties, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type ScrollRegionProps = { label: string; className?: string; style?: CSSProperties; children: ReactNode };

/** What scrolls within the page: it has a name, and the keyboard reaches it. */
export function ScrollRegion({ label, className, style, children }: ScrollRegionProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      style={style}
      className={cn("quiet-scroll overflow-auto -outline-offset-2", className)}
    >
      {children}
    </section>
  );
}
