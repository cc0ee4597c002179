/** A monitor's judged windows and its endpoint's minutes as rows of a strip. Pure. */
import type { HeatCell, HeatLevel, HeatMark, HeatRow } from "@/components/charts/time/prepare-heat";
import type { TrafficView } from "@/server/domains/models/serving/contract";
import { errorShare } from "@/server/domains/monitoring/contract/error-share";
import type { RuleView, WindowView } from "@/server/domains/monitoring/contract/monitor";
import { measureUnits, sentenceCase } from "../measure-words";

const day = 86_400_000;
const minute = 60_000;
export const shownDays = 30;

export const trafficMinutes = 60;
/** From this share of its limit on a window is near it. */
const nearLimit = 0.8;

export function levelOf({ verdict, ratio }: Pick<WindowView, "verdict" | "ratio">): HeatLevel {
  if (verdict === "too_little") return "none";
  if (verdict === "breach") return "bad";
  return ratio !== null && ratio > nearLimit ? "warn" : "ok";
}

/** The day that a window's end closes. */
const dayOf = (at: Date) => Math.ceil(at.getTime() / day) * day - day;
const ranks: Record<HeatLevel, number> = { none: 0, ok: 1, warn: 2, bad: 3 };

/** One row a rule, one cell a day: the worst of the windows that ended in it. */
export function signalRows(rules: readonly RuleView[], windows: readonly WindowView[]): HeatRow[] {
  const last = Math.max(0, ...windows.map((window) => dayOf(window.endsAt)));
  return rules.flatMap((rule) => {
    const cells = new Map<number, HeatCell>();
    for (const window of windows) {
      const at = dayOf(window.endsAt);
      if (window.rule !== rule.name || at <= last - shownDays * day) continue;
      const cell: HeatCell = { at, value: window.value, level: levelOf(window) };
      const known = cells.get(at);
      if (!known || ranks[cell.level] >= ranks[known.level]) cells.set(at, cell);
    }
    return cells.size === 0 ? [] : [{ id: rule.name, label: sentenceCase(rule.title), unit: measureUnits[rule.measure], cells: [...cells.values()] }];
  });
}

/** Where another version began to answer. */
export function versionMarks(windows: readonly WindowView[]): HeatMark[] {
  const sorted = [...windows].sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
  const marks: HeatMark[] = [];
  let version = sorted[0]?.modelVersion;
  for (const window of sorted) {
    if (window.modelVersion === version) continue;
    version = window.modelVersion;
    marks.push({ at: dayOf(window.endsAt), label: `v${version} answers` });
  }
  return marks;
}

const errorLimit = 0.01;

type MinuteSums = Pick<TrafficView["total"], "requests" | "clientErrors" | "serverErrors"> & { p99: number | null };

const noMinute: MinuteSums = { requests: 0, clientErrors: 0, serverErrors: 0, p99: null };

function errorLevel(share: number | null): HeatLevel {
  if (share === null) return "none";
  return share === 0 ? "ok" : share > errorLimit ? "bad" : "warn";
}

/** The endpoint's last hour, minute by minute; a minute without a request is a gap. What callers got wrong is a row of its own. */
export function trafficRows({ minutes }: Pick<TrafficView, "minutes">, now: number): HeatRow[] {
  const byMinute = new Map<number, MinuteSums>();
  for (const one of minutes) {
    const at = Math.floor(one.minute.getTime() / minute) * minute;
    const { requests, clientErrors, serverErrors, p99 } = byMinute.get(at) ?? noMinute;
    byMinute.set(at, {
      requests: requests + one.requests, clientErrors: clientErrors + one.clientErrors, serverErrors: serverErrors + one.serverErrors, p99: Math.max(p99 ?? 0, one.p99Ms ?? 0) || null,
    });
  }
  if (byMinute.size === 0) return [];
  const end = Math.floor(now / minute) * minute;
  const times = Array.from({ length: trafficMinutes }, (_, index) => end - (trafficMinutes - 1 - index) * minute);
  const cells = (read: (found: MinuteSums) => Omit<HeatCell, "at">) =>
    times.map((at): HeatCell => {
      const found = byMinute.get(at);
      return { at, ...(found ? read(found) : { value: null, level: "none" }) };
    });
  const refused = { id: "refused", label: "Refused", unit: "a minute", cells: cells(({ clientErrors }) => ({ value: clientErrors, level: "ok" })) };
  return [
    { id: "requests", label: "Requests", unit: "a minute", cells: cells(({ requests }) => ({ value: requests, level: "ok" })) },
    { id: "errors", label: "Error rate", unit: "of requests not refused", cells: cells((found) => ({ value: errorShare(found), level: errorLevel(errorShare(found)) })) },
    ...([...byMinute.values()].some((found) => found.clientErrors > 0) ? [refused] : []),
    { id: "p99", label: "p99", unit: "ms", cells: cells(({ p99 }) => ({ value: p99, level: p99 === null ? "none" : "ok" })) },
  ];
}
