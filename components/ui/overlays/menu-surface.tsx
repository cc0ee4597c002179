"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { cn } from "@/components/ui/class-names";
import type { MenuEntry, MenuProps } from "./menu";

const row =
  "flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-sm px-2 text-table outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-well [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-muted";

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "separator") return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
  if (entry.kind === "heading")
    return <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-faint text-label">{entry.label}</DropdownMenu.Label>;
  const body = (
    <>
      {entry.checked === undefined ? entry.icon : <Check aria-hidden className={cn(!entry.checked && "invisible")} />}
      <span className="flex-1 truncate">{entry.label}</span>
      {entry.hint && <span className="pl-4 text-label text-muted">{entry.hint}</span>}
    </>
  );
  const looks = cn(row, entry.danger && "text-failed [&_svg]:text-failed");
  if (entry.href)
    return (
      <DropdownMenu.Item asChild disabled={entry.disabled} className={looks}>
        <Link href={entry.href}>{body}</Link>
      </DropdownMenu.Item>
    );
  if (entry.checked !== undefined)
    return (
      <DropdownMenu.CheckboxItem
        checked={entry.checked}
        onCheckedChange={entry.onSelect}
        disabled={entry.disabled}
        className={looks}
      >
        {body}
      </DropdownMenu.CheckboxItem>
    );
  return (
    <DropdownMenu.Item onSelect={entry.onSelect} disabled={entry.disabled} className={looks}>
      {body}
    </DropdownMenu.Item>
  );
}

export function MenuSurface({ label, trigger, items, align = "start", side = "bottom" }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="quiet-scroll z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-enter overflow-y-auto rounded-md border border-line bg-panel p-1 shadow-float"
        >
          {items.map((entry, index) => (
            <Entry key={entry.kind === "separator" ? `separator-${index}` : entry.label} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
