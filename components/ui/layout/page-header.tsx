import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type KeyFact = { label: string; value: ReactNode };

export type PageHeaderProps = {
  title: ReactNode;
  state?: ReactNode;
  description?: ReactNode;
  breadcrumb?: ReactNode;
  actions?: ReactNode;
  facts?: readonly KeyFact[];
  tabs?: ReactNode;
  className?: string;
};

/** The top of a page: what this is, how it stands, the few numbers that matter, what can be done. */
export function PageHeader({
  title,
  state,
  description,
  breadcrumb,
  actions,
  facts,
  tabs,
  className,
}: PageHeaderProps) {
  return (
    <header className={cn("mb-4", tabs ? "" : "pb-0.5", className)}>
      {breadcrumb}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words text-title">{title}</h1>
            {state}
          </div>
          {description && <p className="mt-0.5 max-w-[75ch] text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-1.5">{actions}</div>}
      </div>
      {facts && facts.length > 0 && (
        <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
          {facts.map((fact) => (
            <div key={fact.label} className="min-w-0">
              <dt className="text-label text-muted">{fact.label}</dt>
              <dd className="text-body">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {tabs && <div className="mt-3">{tabs}</div>}
    </header>
  );
}
