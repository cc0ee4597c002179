"use client";

import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import { type NavCount, type NavItem, navHref } from "./nav-items";

export type NavLinkProps = {
  item: NavItem;
  project: string;
  current: boolean;
  count?: NavCount;
  onFollow?: () => void;
};

export function NavLink({ item, project, current, count, onFollow }: NavLinkProps) {
  const Icon = item.icon;
  return (
    <Link
      href={navHref(project, item)}
      aria-current={current ? "page" : undefined}
      onClick={onFollow}
      data-small-tip={item.label}
      className="group relative flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted text-table transition-colors duration-100 hover:bg-well hover:text-ink aria-[current]:bg-well aria-[current]:font-medium aria-[current]:text-ink"
    >
      <Icon aria-hidden className="size-4 shrink-0 group-aria-[current]:text-accent-text" />
      <span className="flex-1 truncate rail-narrow:md:sr-only">{item.label}</span>
      {count && count.count > 0 && (
        <>
          <span
            aria-hidden
            data-tip={count.label}
            className={cn(
              "min-w-5 rounded-full px-1.5 text-center text-[11px] leading-[18px] rail-narrow:md:absolute rail-narrow:md:top-0 rail-narrow:md:right-0 rail-narrow:md:min-w-4 rail-narrow:md:px-1 rail-narrow:md:leading-4",
              count.urgent
                ? "bg-failed/12 font-medium text-failed"
                : "bg-well text-muted group-aria-[current]:bg-panel",
            )}
          >
            {count.count > 99 ? "99+" : count.count}
          </span>
          <span className="sr-only">{count.label}</span>
        </>
      )}
    </Link>
  );
}
