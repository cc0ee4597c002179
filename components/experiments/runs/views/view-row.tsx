"use client";

import { Check, Ellipsis, Lock, Pencil, Save, Trash2, Users } from "lucide-react";
import type { MouseEvent } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import type { SavedView } from "@/server/domains/experiments/contract/saved-view";
import { openView } from "./use-view-changes";
import { savedHref } from "./view-query";
import { viewWords } from "./view-words";

export type ViewRowProps = {
  view: SavedView;
  isCurrent: boolean;
  onOpened: () => void;
  onRename: () => void;
  onShare: () => void;
  onOverwrite: () => void;
  onDelete: () => void;
};

/** A link like any other, so that it can be copied; a plain press moves the page without loading it anew. */
export function ViewRow({ view, isCurrent, onOpened, onRename, onShare, onOverwrite, onDelete }: ViewRowProps) {
  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openView(view);
    onOpened();
  }

  const items: MenuEntry[] = [
    { label: "Rename", icon: <Pencil aria-hidden />, onSelect: onRename },
    { label: "Overwrite with what is shown", icon: <Save aria-hidden />, onSelect: onOverwrite },
    ...(view.isOwn
      ? [view.isShared ? { label: "Make private", icon: <Lock aria-hidden />, onSelect: onShare } : { label: "Share with the project", icon: <Users aria-hidden />, onSelect: onShare }]
      : []),
    { kind: "separator" },
    { label: "Delete", icon: <Trash2 aria-hidden />, danger: true, onSelect: onDelete },
  ];

  return (
    <li className="flex items-center rounded-sm hover:bg-well">
      <a href={savedHref(view)} onClick={onClick} aria-current={isCurrent || undefined} data-tip={viewWords(view.query)} className="flex min-h-8 min-w-0 flex-1 items-center gap-2 px-1 text-table">
        <Check aria-hidden className={cn("size-3.5 shrink-0 text-accent-text", !isCurrent && "invisible")} />
        <span className={cn("truncate", isCurrent && "font-medium")}>{view.name}</span>
        {view.isShared && <span className="ml-auto shrink-0 pr-1 text-faint text-label">{view.isOwn ? "yours" : view.ownerName}</span>}
      </a>
      {view.mayChange && <Menu label={`Change ${view.name}`} align="end" items={items} trigger={<IconButton label={`Change ${view.name}`} icon={<Ellipsis />} size="sm" />} />}
    </li>
  );
}
