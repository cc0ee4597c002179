import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/actions/button";
import { IconButton } from "@/components/ui/actions/icon-button";
import { formatCount } from "@/components/ui/format/format-number";
import type { Everything } from "./data-table";

export type SelectionBarProps = {
  count: number;
  /** Given once all loaded rows are chosen and there are more. */
  everything?: Everything;
  onClear: () => void;
  children: ReactNode;
};

/** Floats over the end of the table while rows are chosen; above the dock on a phone. */
export function SelectionBar({ count, everything, onClear, children }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selected rows"
      className="pointer-events-none sticky bottom-16 z-20 mt-2 flex justify-center md:bottom-4"
    >
      <div className="pointer-events-auto flex max-w-full animate-enter flex-wrap items-center gap-1.5 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-3 shadow-float">
        <span role="status" className="whitespace-nowrap pr-2 text-table">
          {everything?.isChosen ? `All ${formatCount(everything.count)} that match selected` : `${formatCount(count)} selected`}
        </span>
        {everything && !everything.isChosen && (
          <Button variant="ghost" onClick={() => everything.onChoose(true)}>
            Select all {formatCount(everything.count)} that match
          </Button>
        )}
        {children}
        <IconButton label="Clear the selection" shortcut="Esc" icon={<X />} onClick={onClear} />
      </div>
    </div>
  );
}
