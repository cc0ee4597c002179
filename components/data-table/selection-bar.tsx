import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";

export type SelectionBarProps = { count: number; onClear: () => void; children: ReactNode };

/** Floats over the end of the table while rows are chosen; above the dock on a phone. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selected rows"
      className="pointer-events-none sticky bottom-16 z-20 mt-2 flex justify-center md:bottom-4"
    >
      <div className="pointer-events-auto flex max-w-full animate-enter flex-wrap items-center gap-1.5 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-3 shadow-float">
        <span role="status" className="whitespace-nowrap pr-2 text-table">
          {count} selected
        </span>
        {children}
        <IconButton label="Clear the selection" shortcut="Esc" icon={<X />} onClick={onClear} />
      </div>
    </div>
  );
}
