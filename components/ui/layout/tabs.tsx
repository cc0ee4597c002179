"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";

export type Tab = { key: string; label: ReactNode; href: string; count?: number };

export type TabsProps = { label: string; tabs: readonly Tab[]; current: string; className?: string };

/** Tabs are links: each has a URL, opens in a new window, and survives a reload. */
export function Tabs({ label, tabs, current, className }: TabsProps) {
  const bar = useRef<HTMLElement>(null);
  // Of more tabs than a phone shows, the current one is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current tab is another one to show
  useEffect(() => {
    const edge = bar.current?.getBoundingClientRect().right ?? 0;
    const end = bar.current?.querySelector("[aria-current]")?.getBoundingClientRect().right ?? 0;
    if (end > edge) bar.current?.scrollBy({ left: end - edge + 24 });
  }, [current]);
  return (
    <nav ref={bar} aria-label={label} className={cn("quiet-scroll -mx-1 overflow-x-auto border-line border-b px-1", className)}>
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.key === current ? "page" : undefined}
              className="flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-muted text-table -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="rounded-full bg-well px-1.5 text-[11px] text-muted leading-4">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
