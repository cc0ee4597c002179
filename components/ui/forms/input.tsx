import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type InputProps = Omit<ComponentProps<"input">, "prefix"> & {
  mono?: boolean;
  prefix?: ReactNode;
  suffix?: ReactNode;
};

/** A text or number field; `prefix` and `suffix` hold an icon or a unit. */
export function Input({ className, mono, prefix, suffix, ...rest }: InputProps) {
  const typed = cn(mono && "font-mono", rest.type === "number" && "tabular-nums");
  if (!prefix && !suffix) return <input className={cn("control h-8 w-full px-2.5", typed, className)} {...rest} />;
  return (
    <span className={cn("control flex h-8 w-full items-center gap-2 px-2.5 [&_svg]:size-3.5", className)}>
      {prefix && <span className="shrink-0 text-faint">{prefix}</span>}
      <input className={cn("h-full min-w-0 flex-1 bg-transparent outline-none", typed)} {...rest} />
      {suffix && <span className="shrink-0 text-label text-muted">{suffix}</span>}
    </span>
  );
}
