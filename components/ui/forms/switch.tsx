import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & { label: ReactNode; hideLabel?: boolean };

export function Switch({ label, hideLabel, className, ...rest }: SwitchProps) {
  return (
    <label className={cn("inline-flex min-h-6 items-center gap-2 text-table", className)}>
      <span className="relative inline-flex">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox carries its own checked state
          role="switch"
          className="peer h-[18px] w-8 appearance-none rounded-full border border-control bg-well transition-colors duration-100 checked:border-accent checked:bg-accent disabled:opacity-50"
          {...rest}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-control transition-transform duration-100 peer-checked:translate-x-[14px] peer-checked:bg-on-accent"
        />
      </span>
      <span className={cn(hideLabel && "sr-only")}>{label}</span>
    </label>
  );
}
