"use client";

import { Dialog } from "@/components/ui/overlays/dialog";
import { modKey, ShortcutHint } from "@/components/ui/text/shortcut-hint";
import { navItems } from "./nav-items";

export type KeyboardHelpProps = { open: boolean; onOpenChange: (open: boolean) => void };

const groups: { title: string; rows: { does: string; keys: string[] }[] }[] = [
  {
    title: "Anywhere",
    rows: [
      { does: "Search, go, act", keys: [modKey, "K"] },
      { does: "Filter this page", keys: ["/"] },
      { does: "Narrow or widen the rail", keys: ["["] },
      { does: "This help", keys: ["?"] },
    ],
  },
  {
    title: "In a table",
    rows: [
      { does: "Next, previous row", keys: ["j", "k"] },
      { does: "The same, on a row", keys: ["↓", "↑"] },
      { does: "Open the row or group", keys: ["↵"] },
      { does: "Select the row", keys: ["x"] },
      { does: "Select, on a row", keys: ["Space"] },
      { does: "Select all rows from the last one", keys: ["Shift", "x"] },
      { does: "Twenty rows on, back", keys: ["PgDn", "PgUp"] },
      { does: "First, last row", keys: ["Home", "End"] },
      { does: "Clear the selection", keys: ["Esc"] },
    ],
  },
  { title: "Go to", rows: navItems.map((item) => ({ does: item.label, keys: ["g", item.goKey] })) },
];

export function KeyboardHelp({ open, onOpenChange }: KeyboardHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" size="lg">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-label text-muted">{group.title}</h3>
            <dl>
              {group.rows.map((row) => (
                <div key={row.does} className="flex min-h-7 items-center justify-between gap-3 text-table">
                  <dt>{row.does}</dt>
                  <dd>
                    <ShortcutHint keys={row.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
