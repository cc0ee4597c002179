"use client";

import { Command } from "cmdk";
import { Clock, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DialogSurface } from "@/components/ui/overlays/dialog-surface";
import { navHref, navItems } from "../nav-items";
import type { EarlyText, PaletteProps } from "./palette";
import type { PaletteItem } from "./palette-item";
import { PaletteList } from "./palette-list";
import { addRecent, readRecents } from "./recents";
import { useFoundItems } from "./use-found-items";

/** Every typed word must occur in the name or a keyword; a letter scattered here and there is no match. */
function matches(_id: string, query: string, keywords: string[] = []): number {
  const text = keywords.join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}

export function PaletteSurface({ open, onOpenChange, data, early }: PaletteProps & { early: EarlyText }) {
  const router = useRouter();
  const [query, setQuery] = useState(early.text);
  const project = data.project.slug;
  const found = useFoundItems(query, data.onSearch);

  const recents: PaletteItem[] =
    open && query === ""
      ? readRecents(project).map((recent) => ({
          ...recent,
          id: `recent-${recent.id}`,
          group: "Recent",
          icon: <Clock />,
        }))
      : [];
  const pages: PaletteItem[] = navItems.map((item) => ({
    id: `page-${item.key}`,
    group: "Pages",
    label: item.label,
    hint: `g ${item.goKey}`,
    icon: <item.icon />,
    href: navHref(project, item),
  }));

  function change(next: boolean) {
    if (!next) setQuery("");
    onOpenChange(next);
  }

  function choose(item: PaletteItem) {
    change(false);
    if (item.href) {
      if (!/^(page|action)-/.test(item.id)) addRecent(project, { ...item, id: item.id.replace(/^recent-/, "") });
      router.push(item.href);
    }
    item.onSelect?.();
  }

  return (
    <DialogSurface open={open} onOpenChange={change} title="Search, go, act" hideTitle flush placement="top" size="md">
      <Command label="Search, go, act" loop filter={matches}>
        <div className="flex h-12 items-center gap-2.5 border-line border-b px-4">
          <Search aria-hidden className="size-4 shrink-0 text-faint" />
          <Command.Input
            autoFocus
            value={query}
            onValueChange={setQuery}
            placeholder="Runs, models, features, pages, actions…"
            className="h-full w-full bg-transparent text-body outline-none max-md:text-[16px]"
          />
        </div>
        <PaletteList
          local={[...recents, ...pages, ...(data.actions ?? [])]}
          found={found}
          query={query}
          onChoose={choose}
        />
      </Command>
    </DialogSurface>
  );
}
