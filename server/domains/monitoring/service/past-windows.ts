/** What was over when a rule began to watch: its windows are measured and shown, and open no alert. The newest of them is how it stands today: that one does. */
import type { Tx } from "@/server/platform/db";
import { dayMs, type MonitorDefinition, ofLabels, type Rule } from "../contract/definition";
import { advanceClock, type Span, stepOf } from "../rules/windows";
import { readTally } from "../store/labels";
import type { MonitorRow, Past } from "../store/monitors";
import { logEnd, type Received } from "../store/received";

/** What a rule's windows are judged on (ms): the stream's clock, or for labels the time by which a window's labels are due. */
export function clockOf({ labels }: MonitorDefinition, rule: Rule, watermark: number | null, labelsUntil: Date | null): number | null {
  if (watermark === null || !ofLabels.includes(rule.measure)) return watermark;
  if (labelsUntil === null) return null;
  return Math.min(labelsUntil.getTime(), watermark + dayMs) - labels.wait;
}

/** Of rules that were there before, what is known of them; of new ones, where the log ends now. */
export async function pastOf(tx: Tx, modelId: string, definition: MonitorDefinition, known: MonitorRow | null): Promise<Record<string, Past>> {
  const { sequence, times } = await logEnd(tx, modelId);
  const { watermark } = advanceClock(null, times, definition.min_rows, []);
  const { watermark: labelsUntil } = await readTally(tx, modelId);
  const past = definition.rules.flatMap((rule): [string, Past][] => {
    const before = known?.past[rule.name];
    if (known?.definition.rules.some(({ name }) => name === rule.name)) return before ? [[rule.name, before]] : [];
    const clock = clockOf(definition, rule, watermark, labelsUntil);
    return clock === null ? [] : [[rule.name, { until: new Date(clock - stepOf(rule.window)).toISOString(), sequence }]];
  });
  return Object.fromEntries(past);
}

/** Past traffic that is played again after the rule began is no past: its rows came since. */
export const isPast = (past: Past | undefined, span: Span, received: Received | null): boolean =>
  past !== undefined && span.end <= Date.parse(past.until) && (received?.last ?? 0) <= past.sequence;
