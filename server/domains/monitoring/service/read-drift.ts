/** Drift by feature: distributions now over the reference, the furthest from its usual first. */
import { query } from "@/server/platform/mutation";
import { hourMs } from "../contract/definition";
import { type ColumnDrift, type DriftView, ReadDriftInput } from "../contract/monitor";
import { columnDrift } from "../rules/drift";
import { addSums, countsOf, emptySums, layoutOfColumns, type Sums } from "../rules/sums";
import { firstBadWindows, readUnits } from "../store/hours";
import { type Baseline, type MonitorRow, readBaseline } from "../store/monitors";
import { requireMonitor } from "./apply-monitor";

const dayHours = 24;

function sumFrom(units: ReadonlyMap<number, Sums>, from: number, length: number): Sums {
  const sums = emptySums(length);
  for (const [hour, part] of units) if (hour >= from) addSums(sums, part);
  return sums;
}

/** The rules on PSI over as long as is shown: a limit is calibrated on windows of its rule's own length, and holds for no other. */
const rulesOver = ({ definition }: MonitorRow, hours: number): string[] => definition.rules.filter((rule) => rule.measure === "psi" && rule.window === hours * hourMs).map((rule) => rule.name);

/** PSI's limit of each column, from the rule that has one. */
function limitsOf(rules: readonly string[], baseline: Baseline): Map<string, number> {
  return new Map(baseline.limits.flatMap(({ rule, column, high }) => (rules.includes(rule) && high !== null ? [[column, high] as const] : [])));
}

export const readFeatureDrift = query("monitoring.readFeatureDrift", "viewer", ReadDriftInput, async ({ db, ctx, input }): Promise<DriftView> => {
  const monitor = await requireMonitor(db, ctx.project.id, input.name);
  const baseline = monitor.baselineId ? await readBaseline(db, monitor.baselineId) : null;
  if (!baseline || !monitor.watermark) return { watermark: null, from: null, to: null, rows: 0, modelVersion: baseline?.modelVersion ?? null, columns: [] };
  const { offsets, length } = layoutOfColumns(baseline.columns);
  const to = Math.floor(monitor.watermark.getTime() / hourMs) * hourMs + hourMs;
  const from = to - input.hours * hourMs;
  const units = await readUnits(db, baseline.id, Math.min(from, to - dayHours * hourMs), to, hourMs, length);
  const now = sumFrom(units, from, length);
  const lastDay = sumFrom(units, to - dayHours * hourMs, length);
  const rules = rulesOver(monitor, input.hours);
  const limits = limitsOf(rules, baseline);
  const bad = await firstBadWindows(db, monitor.id, rules);
  const columns = baseline.columns.flatMap((column, at): ColumnDrift[] => {
    if (input.column !== null && column.name !== input.column) return [];
    const facts = { minRows: monitor.definition.min_rows, isFine: input.column !== null, limit: limits.get(column.name) ?? null, firstBadWindow: bad.get(column.name) ?? null };
    return [columnDrift(column, countsOf(baseline.columns, offsets, now.counts, at), countsOf(baseline.columns, offsets, lastDay.counts, at), facts)];
  });
  columns.sort((a, b) => (b.ratio ?? b.psi ?? -1) - (a.ratio ?? a.psi ?? -1));
  return { watermark: monitor.watermark, from: new Date(from), to: new Date(to), rows: now.rows, modelVersion: baseline.modelVersion, columns };
});
