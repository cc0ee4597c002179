import type { PaletteItem } from "./palette-item";

/** What was opened last through the palette, a list for each project, kept in this browser only. */

const KEPT = 6;

export type Recent = Pick<PaletteItem, "id" | "label" | "hint"> & { href: string };

const keyOf = (project: string) => `slipway-recent:${project}`;

function isRecent(value: unknown): value is Recent {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "label" in value &&
    "href" in value &&
    typeof value.href === "string" &&
    value.href.startsWith("/")
  );
}

export function readRecents(project: string): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(project)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function addRecent(project: string, item: PaletteItem) {
  if (!item.href) return;
  const recent: Recent = { id: item.id, label: item.label, hint: item.hint, href: item.href };
  const others = readRecents(project).filter((each) => each.href !== item.href);
  try {
    localStorage.setItem(keyOf(project), JSON.stringify([recent, ...others].slice(0, KEPT)));
  } catch {
    // A full or forbidden storage costs the recents, nothing else.
  }
}
