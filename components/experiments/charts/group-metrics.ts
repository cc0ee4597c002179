/** Metrics as sections of charts: by what stands before the first slash, single values apart. */
import type { ChartedMetric } from "./charted";

export type MetricSection = { name: string; metrics: ChartedMetric[] };

export type GroupedMetrics = { sections: MetricSection[]; single: string[]; shown: number; all: number };

/** What most runs call their own comes first: plain keys, then validation, then the rest by name. */
function rankOf(section: string): number {
  if (section === "") return 0;
  if (/^(val|valid|validation|eval|test)$/i.test(section)) return 1;
  return /^(train|training)$/i.test(section) ? 2 : /^(system|sys)$/i.test(section) ? 9 : 3;
}

const byName = new Intl.Collator("en", { numeric: true }).compare;

export function groupMetrics(metrics: readonly ChartedMetric[], find: string): GroupedMetrics {
  const wanted = find.trim().toLowerCase();
  const found = metrics.filter(({ key }) => key.toLowerCase().includes(wanted)).sort((a, b) => byName(a.key, b.key));
  const curves = found.filter(({ points }) => points > 1);
  const sections = new Map<string, ChartedMetric[]>();
  for (const metric of curves) {
    const name = metric.key.slice(0, Math.max(0, metric.key.indexOf("/")));
    const own = sections.get(name);
    if (own) own.push(metric);
    else sections.set(name, [metric]);
  }
  const ordered = [...sections].map(([name, list]) => ({ name, metrics: list }));
  ordered.sort((a, b) => rankOf(a.name) - rankOf(b.name) || byName(a.name, b.name));
  return { sections: ordered, single: found.filter(({ points }) => points < 2).map(({ key }) => key), shown: found.length, all: metrics.length };
}
