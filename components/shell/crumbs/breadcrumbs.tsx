import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import type { Crumb } from "./crumb-store";

export type BreadcrumbsProps = { crumbs: readonly Crumb[]; className?: string };

export function Breadcrumbs({ crumbs, className }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumb" className={cn("min-w-0", className)}>
      <ol className="flex min-w-0 items-center text-table">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          // A phone has room for the place and the one above it.
          const above = index === crumbs.length - 2;
          return (
            <li
              key={`${crumb.label}-${crumb.href ?? ""}`}
              className={cn("flex min-w-0 items-center", !last && "shrink-0", above && "max-sm:max-w-[50%] max-sm:shrink", !last && !above && "max-sm:hidden")}
            >
              {index > 0 && (
                <span aria-hidden className={cn("px-1.5 text-faint", above && "max-sm:hidden")}>
                  /
                </span>
              )}
              {crumb.href && !last ? (
                <Link href={crumb.href} className="truncate rounded-sm text-muted hover:text-ink">
                  {crumb.label}
                </Link>
              ) : (
                <span
                  aria-current={last ? "page" : undefined}
                  className={cn("truncate", last ? "font-medium text-ink" : "text-muted")}
                >
                  {crumb.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
