"use client";

import { PanelLeft } from "lucide-react";
import { usePathname } from "next/navigation";
import { IconButton } from "@/components/ui/actions/icon-button";
import { currentNavItem, navItems } from "./nav-items";
import { NavLink } from "./nav-link";
import { ProjectSwitcher } from "./project-switcher";
import { toggleRail } from "./rail-width";
import type { ShellData } from "./shell-data";

export function Rail({ data }: { data: ShellData }) {
  const current = currentNavItem(usePathname(), data.project.slug);
  const list = (place: "main" | "below") => (
    <ul className="grid gap-px px-2">
      {navItems
        .filter((item) => item.place === place)
        .map((item) => (
          <li key={item.key}>
            <NavLink
              item={item}
              project={data.project.slug}
              current={item === current}
              count={data.counts?.[item.key]}
            />
          </li>
        ))}
    </ul>
  );
  return (
    <aside
      data-shell="rail"
      className="sticky top-0 hidden h-dvh w-(--rail-width) flex-col border-line border-r bg-canvas md:flex"
    >
      <div className="flex h-12 items-center px-2">
        <ProjectSwitcher project={data.project} projects={data.projects} onNewProject={data.onNewProject} />
      </div>
      <nav aria-label="Main" className="quiet-scroll flex min-h-0 flex-1 flex-col overflow-y-auto pt-2">
        {list("main")}
        <div className="flex-1" />
        {list("below")}
      </nav>
      <div className="flex items-center px-2 py-2">
        <IconButton label="Narrow or widen the rail" shortcut="[" icon={<PanelLeft />} onClick={toggleRail} />
      </div>
    </aside>
  );
}
