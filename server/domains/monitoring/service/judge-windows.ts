/** Judges the windows that the stream's clock has passed, and opens, extends or resolves the alert of each rule. */
import type { Tx } from "@/server/platform/db";
import { emitEvent } from "@/server/platform/outbox";
import { newId } from "@/server/platform/ids";
import type { AlertEvidence, AlertState, BrokenColumn } from "../contract/alert";
import { dayMs, ofLabels, type Rule } from "../contract/definition";
import type { Limit, WindowView } from "../contract/monitor";
import { alertChanged } from "../events";
import { effectOf, verdictOf } from "../rules/alert-state";
import { addBroken } from "../rules/broken";
import { ratioOf } from "../rules/calibration";
import { clockOf } from "../rules/clock/past";
import { addLabels, addSums, emptySums, type LabelSums, layoutOfColumns, measureWindow, noLabels, type Sums } from "../rules/sums";
import { dueWindows, type Span, stepOf } from "../rules/clock/windows";
import { alertTitle } from "../rules/words";
import { type AlertRow, brokenOf, extendAlert, insertAlert, moveAlert, openAlertsOf } from "../store/alerts";
import { readUnits, saveWindows, streamBegan } from "../store/hours";
import { readLabelDays } from "../store/labels";
import { type Received, receivedBetween } from "../store/received";
import type { Baseline, MonitorRow } from "../store/monitors";
import { isPast } from "./past-windows";

/** A step judges so many windows of a rule at most; the rest waits for the next. */
const maxWindows = 15;
/** Windows further behind the clock than this are history that nobody waits for. */
const historyMs = 120 * dayMs;

type Judged = { judgedTo: Record<string, string>; topics: string[]; isBehind: boolean };
type Case = { tx: Tx; monitor: MonitorRow; baseline: Baseline; open: Map<string, AlertRow>; topics: Set<string> };

function windowView(rule: Rule, span: Span, limit: Limit | undefined, measured: { column: string; value: number | null; rows: number }, modelVersion: number): WindowView {
  // NaN is beyond no limit, and no proof of health either.
  const value = Number.isFinite(measured.value) ? measured.value : null;
  const base = { rule: rule.name, column: measured.column, startsAt: new Date(span.start), endsAt: new Date(span.end), value, rows: measured.rows, modelVersion };
  // Without a window to calibrate on there is no limit, and no verdict.
  if (!limit || limit.windows === 0 || value === null) return { ...base, low: limit?.low ?? null, high: limit?.high ?? null, verdict: "too_little", ratio: null };
  const ratio = Math.min(1e6, ratioOf(rule.measure, value, limit));
  return { ...base, low: limit.low, high: limit.high, verdict: ratio > 1 ? "breach" : "ok", ratio };
}

async function labelSums(tx: Tx, modelId: string, span: Span): Promise<LabelSums> {
  const days = await readLabelDays(tx, modelId, new Date(span.start), new Date(span.end));
  return days.reduce<LabelSums>((sum, day) => addLabels(sum, day), noLabels);
}

function sumUnits(units: ReadonlyMap<number, Sums>, span: Span, unitMs: number, length: number): Sums {
  const sums = emptySums(length);
  for (let unit = span.start; unit < span.end; unit += unitMs) {
    const part = units.get(unit);
    if (part) addSums(sums, part);
  }
  return sums;
}

async function judgeRule(one: Case, rule: Rule, due: readonly Span[]): Promise<WindowView[][]> {
  const { tx, monitor, baseline } = one;
  const { length } = layoutOfColumns(baseline.columns);
  const unitMs = stepOf(rule.window);
  const isOfLabels = ofLabels.includes(rule.measure);
  const first = due[0];
  const last = due.at(-1);
  if (!first || !last) return [];
  const units = isOfLabels ? new Map<number, Sums>() : await readUnits(tx, baseline.id, first.start, last.end, unitMs, length);
  const limits = new Map(baseline.limits.filter((limit) => limit.rule === rule.name).map((limit) => [limit.column, limit]));
  const judged: WindowView[][] = [];
  for (const span of due) {
    const labels = isOfLabels ? await labelSums(tx, monitor.modelId, span) : noLabels;
    const measured = measureWindow(rule, baseline.columns, isOfLabels ? emptySums(length) : sumUnits(units, span, unitMs, length), labels, monitor.definition.min_rows);
    judged.push(measured.map((value) => windowView(rule, span, limits.get(value.column), value, baseline.modelVersion)));
  }
  return judged;
}

function brokenColumns(windows: readonly WindowView[]): BrokenColumn[] {
  const broken = windows.filter((window) => window.verdict === "breach").sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
  return broken.map(({ column, value, low, high, ratio }) => ({ column, value: value ?? 0, low, high, ratio: ratio ?? 0 }));
}

function evidenceOf(one: Case, received: Received | null, windows: readonly WindowView[]): AlertEvidence {
  return {
    columns: brokenColumns(windows).slice(0, 50),
    rows: Math.max(0, ...windows.map((window) => window.rows)), modelVersion: one.baseline.modelVersion,
    receivedFrom: received?.from.toISOString() ?? null, receivedTo: received?.to.toISOString() ?? null, watermark: one.monitor.watermark?.toISOString() ?? "",
  };
}

async function openAlert(one: Case, rule: Rule, span: Span, windows: readonly WindowView[]): Promise<void> {
  const { tx, monitor } = one;
  if (await isPast(tx, monitor, rule.name, span)) return;
  const received = await receivedBetween(tx, monitor, new Date(span.start), new Date(span.end));
  one.topics.add("alerts");
  const evidence = evidenceOf(one, received, windows);
  const broken = addBroken([], brokenColumns(windows), span);
  const row = {
    id: newId(), projectId: monitor.projectId, monitorId: monitor.id, rule: rule.name, state: "firing", dedupKey: `${monitor.name}/${rule.name}`, title: alertTitle(monitor.name, rule, broken),
    startsAt: new Date(span.start), endsAt: new Date(span.end), lastEndsAt: new Date(span.end), evidence, broken,
  };
  if (!(await insertAlert(tx, row))) return;
  const [made] = (await openAlertsOf(tx, monitor.id)).filter((alert) => alert.rule === rule.name);
  if (made) one.open.set(rule.name, made);
  await emitEvent(tx, monitor.projectId, alertChanged, { alertId: row.id, event: "alert.firing" });
  one.topics.add(`alert:${row.id}`);
}

/** Others may break later, or further: the title tells the worst so far. */
async function extend(one: Case, open: AlertRow, rule: Rule, span: Span, windows: readonly WindowView[]): Promise<void> {
  const broken = addBroken(brokenOf(open), brokenColumns(windows), span);
  const change = { lastEndsAt: new Date(span.end), title: alertTitle(one.monitor.name, rule, broken), broken };
  await extendAlert(one.tx, open.id, change);
  one.open.set(rule.name, { ...open, ...change });
}

async function applyWindow(one: Case, rule: Rule, span: Span, windows: readonly WindowView[]): Promise<void> {
  const open = one.open.get(rule.name);
  const effect = effectOf((open?.state as AlertState | undefined) ?? null, verdictOf(windows.map((window) => window.verdict)));
  if (effect === "none") return;
  if (effect === "open") return openAlert(one, rule, span, windows);
  if (!open) return;
  one.topics.add("alerts").add(`alert:${open.id}`);
  if (effect === "extend") return extend(one, open, rule, span, windows);
  const resolved = await moveAlert(one.tx, open.id, ["firing", "acknowledged"], "resolved", { resolvedEndsAt: new Date(span.end), resolvedBy: "the next window held" });
  one.open.delete(rule.name);
  if (resolved) await emitEvent(one.tx, one.monitor.projectId, alertChanged, { alertId: open.id, event: "alert.resolved" });
}

/** The caller holds the monitor, whose watermark is the new one. */
export async function judgeWindows(tx: Tx, monitor: MonitorRow, baseline: Baseline, labelsUntil: Date | null): Promise<Judged> {
  const judgedTo = { ...monitor.judgedTo };
  const first = monitor.watermark ? await streamBegan(tx, baseline.id, monitor.watermark) : null;
  if (first === null) return { judgedTo, topics: [], isBehind: false };
  const open = new Map((await openAlertsOf(tx, monitor.id)).map((alert) => [alert.rule, alert]));
  const one: Case = { tx, monitor, baseline, open, topics: new Set() };
  let isBehind = false;
  for (const rule of monitor.definition.rules) {
    const clock = clockOf(monitor.definition, rule, monitor.watermark?.getTime() ?? null, labelsUntil);
    const isCalibrated = baseline.limits.some((limit) => limit.rule === rule.name) && baseline.monitorVersion === monitor.version;
    if (clock === null || !isCalibrated) continue;
    const known = judgedTo[rule.name];
    const since = known === undefined ? null : Math.max(Date.parse(known), clock - historyMs);
    const due = dueWindows(rule.window, clock, since, Math.max(first, clock - historyMs), maxWindows);
    const judged = await judgeRule(one, rule, due);
    await saveWindows(tx, monitor.id, judged.flat());
    for (const [at, span] of due.entries()) await applyWindow(one, rule, span, judged[at] ?? []);
    const last = due.at(-1);
    if (last) judgedTo[rule.name] = new Date(last.end).toISOString();
    isBehind ||= due.length === maxWindows;
  }
  return { judgedTo, topics: [...one.topics], isBehind };
}
