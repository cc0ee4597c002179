/** Metrics as sections of charts: by what stands before the first slash, single values apart. */

import type { SeriesLook } from "@/components/charts/colour-of";

export type ChartedRun = {
  id: string;
  name: string;
  counts: ReadonlyMap<string, number>;
  /** In a comparison: its look there, not its own. */
  look?: SeriesLook;
};

export type MetricSection = { name: string; keys: string[] };

export type GroupedMetrics = { sections: MetricSection[]; single: string[]; shown: number; all: number };

/** What most runs call their own comes first: plain keys, then validation, then the rest by name. */
function rankOf(section: string): number {
  if (section === "") return 0;
  if (/^(val|valid|validation|eval|test)$/i.test(section)) return 1;
  return /^(train|training)$/i.test(section) ? 2 : /^(system|sys)$/i.test(section) ? 9 : 3;
}

export function groupMetrics(runs: readonly Pick<ChartedRun, "counts">[], find: string): GroupedMetrics {
  const counts = new Map<string, number>();
  for (const run of runs) for (const [key, count] of run.counts) counts.set(key, Math.max(count, counts.get(key) ?? 0));
  const wanted = find.trim().toLowerCase();
  const keys = [...counts.keys()].filter((key) => key.toLowerCase().includes(wanted)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const sections = new Map<string, string[]>();
  const single: string[] = [];
  for (const key of keys) {
    if ((counts.get(key) ?? 0) < 2) {
      single.push(key);
      continue;
    }
    const slash = key.indexOf("/");
    const name = slash < 0 ? "" : key.slice(0, slash);
    sections.set(name, [...(sections.get(name) ?? []), key]);
  }
  const ordered = [...sections].map(([name, list]) => ({ name, keys: list }));
  ordered.sort((a, b) => rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name, "en", { numeric: true }));
  return { sections: ordered, single, shown: keys.length, all: counts.size };
}
