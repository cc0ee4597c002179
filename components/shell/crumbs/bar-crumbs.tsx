"use client";

import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import type { ShellProject } from "../shell-data";
import { Breadcrumbs } from "./breadcrumbs";
import { readCrumbs, subscribeCrumbs } from "./crumb-store";
import { crumbsOfPath } from "./crumbs-of-path";

export function BarCrumbs({ project }: { project: ShellProject }) {
  const pathname = usePathname();
  const own = useSyncExternalStore(subscribeCrumbs, readCrumbs, () => null);
  return <Breadcrumbs crumbs={crumbsOfPath(pathname, project.slug, own)} className="flex-1" />;
}
