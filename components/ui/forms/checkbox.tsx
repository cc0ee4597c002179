import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hideLabel?: boolean;
  mixed?: boolean;
};

const box =
  "size-4 shrink-0 appearance-none rounded-sm border border-control bg-panel bg-center bg-no-repeat checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50";

/** A native checkbox; `mixed` shows the dash of a partly chosen set. */
export function Checkbox({ label, hideLabel, mixed, className, ...rest }: CheckboxProps) {
  return (
    <label className={cn("inline-flex min-h-6 items-center gap-2 text-table", className)}>
      <span className="relative inline-grid place-items-center">
        <input
          type="checkbox"
          className={cn("peer", box)}
          ref={(node) => {
            if (node) node.indeterminate = Boolean(mixed);
          }}
          {...rest}
        />
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="pointer-events-none absolute size-4 fill-none stroke-2 stroke-on-accent opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-100"
        >
          <path d={mixed ? "M4.5 8h7" : "m4 8.4 2.6 2.6L12 5.4"} strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
      <span className={cn(hideLabel && "sr-only")}>{label}</span>
    </label>
  );
}
