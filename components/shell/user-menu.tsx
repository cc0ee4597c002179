"use client";

import { Avatar } from "@/components/ui/layout/avatar";
import { initialsOf } from "@/components/ui/layout/initials-of";
import { Menu, type MenuEntry } from "@/components/ui/overlays/menu";
import type { ShellUser } from "./shell-data";

export type UserMenuProps = { user: ShellUser; items: readonly MenuEntry[] };

export function UserMenu({ user, items }: UserMenuProps) {
  const who = user.role ? `${user.email} · ${user.role}` : user.email;
  return (
    <Menu
      label="Your account"
      align="end"
      items={[{ kind: "heading", label: who }, ...items]}
      trigger={
        <button
          type="button"
          aria-label={`${initialsOf(user.name)}, account of ${user.name}`}
          className="ml-1 grid size-8 shrink-0 place-items-center rounded-full"
        >
          <Avatar name={user.name} size="md" decorative />
        </button>
      }
    />
  );
}
