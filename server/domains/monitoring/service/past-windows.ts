/** What was over when a rule began to watch: its windows are measured and shown, and open no alert. The newest of them is how it stands today: that one does. */
import type { Tx } from "@/server/platform/db";
import type { MonitorDefinition } from "../contract/definition";
import { clockAtEnd, clockOf, isOver, type Past } from "../rules/clock/past";
import { type Span, stepOf } from "../rules/clock/windows";
import { readTally } from "../store/labels";
import type { MonitorRow } from "../store/monitors";
import { hasRowsSince, logEnd } from "../store/received";

/** The stream's clock now: the monitor's own, as far as that has read; what it has not read yet tells the rest. */
async function clockNow(tx: Tx, modelId: string, support: number, known: MonitorRow | null): Promise<{ sequence: number; watermark: number | null }> {
  const { sequence, rows } = await logEnd(tx, modelId, known?.streamStart ?? 0);
  const read = known?.baselineId ? (known.watermark?.getTime() ?? null) : null;
  if (known?.baselineId && known.cursor >= sequence) return { sequence, watermark: read };
  const end = clockAtEnd(rows, support, known?.ownClock ?? false);
  return { sequence, watermark: read === null || end === null ? (read ?? end) : Math.max(read, end) };
}

/**
 * Of rules that watched before, what is known of them; of others, where the stream stands now. A monitor without a baseline has watched nothing yet.
 * The caller holds the monitor: a reset between would be undone by what is written back.
 */
export async function pastOf(tx: Tx, modelId: string, definition: MonitorDefinition, known: MonitorRow | null): Promise<Record<string, Past>> {
  const watched = known?.baselineId ? known : null;
  const { sequence, watermark } = await clockNow(tx, modelId, definition.min_rows, known);
  const { watermark: labelsUntil } = await readTally(tx, modelId);
  const past = definition.rules.flatMap((rule): [string, Past][] => {
    const before = watched?.past[rule.name];
    if (watched?.definition.rules.some(({ name }) => name === rule.name)) return before ? [[rule.name, before]] : [];
    const clock = clockOf(definition, rule, watermark, labelsUntil);
    return clock === null ? [] : [[rule.name, { until: new Date(clock - stepOf(rule.window)).toISOString(), sequence }]];
  });
  return Object.fromEntries(past);
}

/** Past traffic that is played again after the rule began is no past: its rows came since. */
export async function isPast(tx: Tx, monitor: MonitorRow, rule: string, span: Span): Promise<boolean> {
  const past = monitor.past[rule];
  return isOver(past, span) && !(await hasRowsSince(tx, monitor.modelId, past.sequence, new Date(span.start), new Date(span.end)));
}
