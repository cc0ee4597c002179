"use client";

import { CircleHelp, Search } from "lucide-react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { modKey, ShortcutHint } from "@/components/ui/text/shortcut-hint";
import { BarCrumbs } from "./crumbs/bar-crumbs";
import { LiveDot } from "./live/live-dot";
import type { ShellData } from "./shell-data";
import { ThemeToggle } from "./theme/theme-toggle";
import { UserMenu } from "./user-menu";

export type BarProps = { data: ShellData; onPalette: () => void; onHelp: () => void };

export function Bar({ data, onPalette, onHelp }: BarProps) {
  return (
    <header
      data-shell="bar"
      className="sticky top-0 z-30 flex h-12 items-center gap-1.5 border-line border-b bg-canvas px-4 md:px-6"
    >
      <BarCrumbs project={data.project} />
      <LiveDot standing={data.live} />
      <button
        type="button"
        onClick={onPalette}
        aria-haspopup="dialog"
        className="ml-1.5 flex h-8 items-center gap-2 rounded-md border border-line bg-panel px-2 text-faint text-table hover:border-control hover:text-ink lg:w-60"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="sr-only flex-1 whitespace-nowrap text-left lg:not-sr-only">Search or jump to…</span>
        <span className="hidden lg:inline">
          <ShortcutHint keys={[modKey, "K"]} />
        </span>
      </button>
      <span className="hidden items-center gap-0.5 sm:flex">
        <ThemeToggle />
        <IconButton label="Keyboard shortcuts" shortcut="?" icon={<CircleHelp />} onClick={onHelp} />
      </span>
      <UserMenu user={data.user} items={data.userMenu} />
    </header>
  );
}
