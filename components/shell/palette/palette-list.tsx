"use client";

import { Command } from "cmdk";
import type { PaletteItem } from "./palette-item";
import type { Found } from "./use-found-items";

export type PaletteListProps = {
  local: readonly PaletteItem[];
  found: Found;
  query: string;
  onChoose: (item: PaletteItem) => void;
};

function grouped(items: readonly PaletteItem[]): [string, PaletteItem[]][] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}

/** What the server found is shown as it came: it has judged it already, so it is not filtered again here. */
export function PaletteList({ local, found, query, onChoose }: PaletteListProps) {
  const ours = new Set(found.items.map((item) => item.id));
  return (
    <Command.List className="quiet-scroll max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
      <Command.Empty className="px-3 py-6 text-center text-muted text-table">
        {found.state === "searching"
          ? "Searching…"
          : found.state === "failed"
            ? "The search did not answer. Try again."
            : "Nothing by that name."}
      </Command.Empty>
      {grouped([...found.items, ...local]).map(([group, items]) => (
        <Command.Group
          key={group}
          heading={group}
          className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:first-letter:uppercase"
        >
          {items.map((item) => (
            <Command.Item
              key={item.id}
              value={item.id}
              keywords={[item.label, ...(item.keywords ?? []), ...(ours.has(item.id) ? [query] : [])]}
              onSelect={() => onChoose(item)}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-table data-[selected=true]:bg-well [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
            >
              {item.icon}
              <span className="max-w-[calc(100%-2rem)] shrink-0 truncate">{item.label}</span>
              {item.hint && <span className="min-w-0 flex-1 truncate text-right text-label text-muted">{item.hint}</span>}
            </Command.Item>
          ))}
        </Command.Group>
      ))}
    </Command.List>
  );
}
