"use client";

import { useEffect } from "react";
import { type Crumb, showCrumbs } from "./crumb-store";

export type PageCrumbsProps = { crumbs: readonly Crumb[] };

/** Render it in a page to name its place, after the section: `[{ label: "wise-heron" }]`. */
export function PageCrumbs({ crumbs }: PageCrumbsProps) {
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    const parsed: readonly Crumb[] = JSON.parse(key);
    return showCrumbs(parsed);
  }, [key]);
  return null;
}
