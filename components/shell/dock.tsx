"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Sheet } from "@/components/ui/overlays/sheet";
import { currentNavItem, navHref, navItems } from "./nav-items";
import { NavLink } from "./nav-link";
import { ProjectSwitcher } from "./project-switcher";
import type { ShellData } from "./shell-data";
import { ThemeChoice } from "./theme/theme-choice";

const cell =
  "flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] text-muted -outline-offset-2 aria-[current]:font-medium aria-[current]:text-ink [&_svg]:size-[18px] aria-[current]:[&_svg]:text-accent-text";

/** The rail on a phone: the four pages of a bad night within the thumb's reach, the rest in a sheet. */
export function Dock({ data }: { data: ShellData }) {
  const [open, setOpen] = useState(false);
  const current = currentNavItem(usePathname(), data.project.slug);
  return (
    <nav
      aria-label="Main"
      data-shell="dock"
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-5 border-line border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {navItems
        .filter((item) => item.dock)
        .map((item) => {
          const count = data.counts?.[item.key];
          return (
            <Link
              key={item.key}
              href={navHref(data.project.slug, item)}
              aria-current={item === current ? "page" : undefined}
              className={cell}
            >
              <span className="relative">
                <item.icon aria-hidden />
                {count && count.count > 0 && (
                  <span className="absolute -top-0.5 -right-1 size-2 rounded-full bg-failed ring-2 ring-panel" />
                )}
              </span>
              {item.label}
              {count && count.count > 0 && <span className="sr-only">{count.label}</span>}
            </Link>
          );
        })}
      <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)} className={cell}>
        <MenuIcon aria-hidden />
        More
      </button>
      <Sheet open={open} onOpenChange={setOpen} side="bottom" title="Go to">
        <ProjectSwitcher project={data.project} projects={data.projects} onNewProject={data.onNewProject} />
        <ul className="grid gap-px py-2">
          {navItems.map((item) => (
            <li key={item.key}>
              <NavLink
                item={item}
                project={data.project.slug}
                current={item === current}
                count={data.counts?.[item.key]}
                onFollow={() => setOpen(false)}
              />
            </li>
          ))}
        </ul>
        <ThemeChoice />
      </Sheet>
    </nav>
  );
}
