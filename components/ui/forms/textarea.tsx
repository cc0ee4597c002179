import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

export type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

export function Textarea({ className, mono, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        "control field-sizing-content min-h-20 w-full resize-y px-2.5 py-1.5",
        mono && "font-mono",
        className,
      )}
      {...rest}
    />
  );
}
