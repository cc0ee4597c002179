import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type KeyValue = { label: string; value: ReactNode; mono?: boolean };

export type KeyValuesProps = { items: readonly KeyValue[]; className?: string };

/** Label and value pairs in two aligned columns. */
export function KeyValues({ items, className }: KeyValuesProps) {
  return (
    <dl
      className={cn("grid grid-cols-[fit-content(42%)_minmax(0,1fr)] gap-x-4 md:gap-x-6 gap-y-1.5 text-table", className)}
    >
      {items.map((item) => (
        <Fragment key={item.label}>
          <dt className="min-w-0 break-words text-muted">{item.label}</dt>
          <dd className={cn("min-w-0 break-words", item.mono && "font-mono text-label leading-5")}>
            {item.value ?? "–"}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
