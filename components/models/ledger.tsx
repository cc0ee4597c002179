"use client";

import { useMemo, useState } from "react";
import { StackedTimeline } from "@/components/charts/time/stacked-timeline";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { Section } from "@/components/ui/layout/section";
import type { LedgerView } from "@/server/domains/models/contract";

const causes: Record<string, string> = { promotion: "promoted", rollback: "rolled back", set: "set" };

/** What held which alias when; pointing at a moment says what was live then. */
export function Ledger({ entries, now }: { entries: readonly LedgerView[]; now: number }) {
  const [at, setAt] = useState<number | null>(null);
  const tracks = useMemo(() => {
    const aliases = [...new Set(entries.map((entry) => entry.alias))];
    return aliases.map((alias) => ({
      id: alias,
      label: alias,
      spans: entries
        .filter((entry) => entry.alias === alias)
        .map((entry) => ({
          id: entry.id, label: `v${entry.version}`, from: entry.from.getTime(), to: entry.to ? entry.to.getTime() : null,
          tone: entry.to ? ("neutral" as const) : ("accent" as const), detail: `${causes[entry.cause] ?? entry.cause} by ${entry.by}${entry.note ? ` · ${entry.note}` : ""}`,
        })),
    }));
  }, [entries]);
  if (entries.length === 0) return null;
  const first = Math.min(...entries.map((entry) => entry.from.getTime()));
  const held = at === null ? [] : entries.filter((entry) => entry.from.getTime() <= at && (entry.to === null || entry.to.getTime() > at));
  return (
    <div id="ledger" className="grid scroll-mt-16 gap-4">
      <StackedTimeline title="Ledger" description="What was live when: point at a moment, and the entries say it." tracks={tracks} from={first} to={Math.max(now, first + 60_000)} onPoint={setAt} />
      <Section title="Entries of the ledger" flush>
        <p className="border-line border-b px-4 py-2 text-label text-muted" aria-live="polite">
          {at === null ? "Newest first." : `${formatAbsolute(new Date(at))}: ${held.map((entry) => `${entry.alias} v${entry.version}`).join(", ") || "nothing was live"}`}
        </p>
        <ul className="text-table">
          {entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
              <span className="w-56 text-muted tabular-nums">{formatAbsolute(entry.from, "UTC")}</span>
              <span>{entry.alias} v{entry.version} {causes[entry.cause] ?? entry.cause} by {entry.by}</span>
              {entry.note && <span className="text-muted">{entry.note}</span>}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
