import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

export type LabelProps = Omit<ComponentProps<"label">, "htmlFor"> & { htmlFor: string };

export function Label({ className, htmlFor, children, ...rest }: LabelProps) {
  return (
    <label htmlFor={htmlFor} className={cn("font-medium text-ink text-label", className)} {...rest}>
      {children}
    </label>
  );
}
