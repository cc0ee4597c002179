/** What pages ask of monitors: is it all right now; if not, since when, and which part. */
import { z } from "zod";
import { championOf, trafficOf } from "@/server/domains/models/serving/endpoints";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { latestOperation } from "@/server/platform/operations";
import { dayMs, hourMs, ofLabels } from "../contract/definition";
import { MonitorRef, type MonitorState, type MonitorSummary, type MonitorView, ReadSeriesInput, type RuleView, type SeriesView, type WindowView } from "../contract/monitor";
import { nextEnd } from "../rules/clock/windows";
import { ruleTitle } from "../rules/words";
import { alertFacts, listAlertViews } from "../store/alerts";
import { latestWindows, readHourViews, readWindows, readWorstWindows, streamBegan } from "../store/hours";
import { countLabelled, readLabelDays, readTally } from "../store/labels";
import { baselineVersion, baselineView, listMonitorRows, modelNames, type MonitorRow, readBaseline } from "../store/monitors";
import { requireMonitor } from "./apply-monitor";

type Facts = { open: number; openSince: Date | null; calmSince: Date | null };
const noFacts: Facts = { open: 0, openSince: null, calmSince: null };
type Standing = Pick<MonitorSummary, "state" | "since" | "sinceClock">;

/** Trouble and calm are told on the stream's clock, what concerns the monitor itself on the server's. */
function standingOf(monitor: MonitorRow, calibratedVersion: number | null, facts: Facts, began: number | null): Standing {
  const server = (state: MonitorState): Standing => ({ state, since: monitor.updatedAt, sinceClock: "server" });
  // By limits of another version nothing is judged.
  if (calibratedVersion !== monitor.version) return server("calibrating");
  // A stream that was judged before is read again from its start, against a new baseline.
  if (monitor.watermark === null) return server(Object.keys(monitor.judgedTo).length > 0 ? "calibrating" : "no_data");
  if (facts.open > 0) return { state: "degraded", since: facts.openSince ?? monitor.watermark, sinceClock: "stream" };
  return { state: "healthy", since: facts.calmSince ?? new Date(began ?? monitor.watermark.getTime()), sinceClock: "stream" };
}

const worstOf = (windows: readonly WindowView[]): WindowView | null =>
  windows.reduce<WindowView | null>((worst, window) => ((window.ratio ?? -1) > (worst?.ratio ?? -1) ? window : worst), null);

function qualityOf({ definition }: MonitorRow, windows: readonly WindowView[]): MonitorSummary["quality"] {
  return definition.rules.flatMap(({ name, measure }) => {
    const window = ofLabels.includes(measure) ? windows.find((one) => one.rule === name) : undefined;
    return window ? [{ measure, window }] : [];
  });
}

const beganOf = async (db: Db, { baselineId, watermark }: MonitorRow) => (baselineId && watermark ? streamBegan(db, baselineId, watermark) : null);

async function summaryOf(db: Db, monitor: MonitorRow, model: string, facts: Facts, windows: readonly WindowView[]): Promise<MonitorSummary> {
  const began = await beganOf(db, monitor);
  const champion = await championOf(db, monitor.modelId);
  const { id, name, version, watermark, rowsFolded, definition } = monitor;
  const worst = worstOf(windows);
  const worstRule = definition.rules.find((rule) => rule.name === worst?.rule);
  return {
    id, name, description: definition.description, owner: definition.owner, model, version, ...standingOf(monitor, await baselineVersion(db, monitor.baselineId), facts, began), watermark,
    championVersion: champion?.version ?? null, openAlerts: facts.open, rowsFolded, worst, worstTitle: worstRule ? ruleTitle(worstRule) : null,
    quality: qualityOf(monitor, windows), traffic: (await trafficOf(db, monitor.modelId, 60)).total, error: monitor.baselineError,
  };
}

export const listMonitors = query("monitoring.listMonitors", "viewer", z.object({}), async ({ db, ctx }): Promise<MonitorSummary[]> => {
  const rows = await listMonitorRows(db, ctx.project.id);
  const names = await modelNames(db, rows.map((row) => row.modelId));
  const facts = await alertFacts(db, rows.map((row) => row.id));
  const summaries: MonitorSummary[] = [];
  for (const row of rows) summaries.push(await summaryOf(db, row, names.get(row.modelId) ?? "", facts.get(row.id) ?? noFacts, await latestWindows(db, row.id)));
  return summaries;
});

function ruleViews(monitor: MonitorRow, windows: readonly WindowView[], began: number | null): RuleView[] {
  return monitor.definition.rules.map((rule) => {
    const current = windows.filter((window) => window.rule === rule.name);
    const judgedTo = monitor.judgedTo[rule.name];
    return {
      name: rule.name, measure: rule.measure, of: rule.of ?? null, windowMs: rule.window, title: ruleTitle(rule), judgedTo: judgedTo === undefined ? null : new Date(judgedTo),
      nextEndsAt: monitor.watermark && began !== null ? new Date(nextEnd(rule.window, monitor.watermark.getTime(), began)) : null, breaches: current.filter((window) => window.verdict === "breach").length, current,
    };
  });
}

async function monitorView(db: Db, ctx: ProjectContext, monitor: MonitorRow): Promise<MonitorView> {
  const model = (await modelNames(db, [monitor.modelId])).get(monitor.modelId) ?? "";
  const facts = (await alertFacts(db, [monitor.id])).get(monitor.id) ?? noFacts;
  const windows = await latestWindows(db, monitor.id);
  const baseline = monitor.baselineId ? await readBaseline(db, monitor.baselineId) : null;
  return {
    ...(await summaryOf(db, monitor, model, facts, windows)), definition: monitor.definition, appliedBy: monitor.appliedBy, updatedAt: monitor.updatedAt,
    baseline: baseline ? baselineView(baseline) : null, operation: await latestOperation(db, ctx.project.id, "monitor", monitor.name), rules: ruleViews(monitor, windows, await beganOf(db, monitor)),
    alerts: await listAlertViews(db, { projectId: ctx.project.id, monitor: monitor.name, isOpenOnly: true, before: null, limit: 50 }),
    labels: { ...(await readTally(db, monitor.modelId)), ...(await countLabelled(db, monitor.modelId, monitor.baselineId)) }, rowsAhead: monitor.rowsAhead, rowsUntimed: monitor.rowsUntimed,
  };
}

export const getMonitor = query("monitoring.getMonitor", "viewer", MonitorRef, async ({ db, ctx, input }) => monitorView(db, ctx, await requireMonitor(db, ctx.project.id, input.name)));

export const readMonitorSeries = query("monitoring.readMonitorSeries", "viewer", ReadSeriesInput, async ({ db, ctx, input }): Promise<SeriesView> => {
  const monitor = await requireMonitor(db, ctx.project.id, input.name);
  const windows = input.rule === null ? await readWorstWindows(db, monitor.id, input.windows) : await readWindows(db, monitor.id, input.rule, input.column, input.windows);
  if (!monitor.watermark || !monitor.baselineId) return { windows, hours: [], labelDays: [] };
  const to = monitor.watermark.getTime() + 1;
  const hours = await readHourViews(db, monitor.baselineId, new Date(to - input.hours * hourMs), new Date(to));
  const days = await readLabelDays(db, monitor.modelId, new Date(to - input.windows * dayMs), new Date(to));
  const labelDays = days.map(({ day, version, labels, positives, logLossSum, scoreSum }) => ({ day, version, labels, positives, logLoss: logLossSum / labels, meanScore: scoreSum / labels }));
  return { windows, hours, labelDays };
});
