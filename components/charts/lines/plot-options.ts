import uPlot from "uplot";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatPlain } from "@/components/ui/format/format-number";
import { formatClock, formatDay } from "@/components/ui/format/format-time";
import type { SeriesLook } from "../colour-of";
import { tickLabels } from "../ticks";
import type { Range, XMode } from "./line-series";
import type { PlotColours } from "./plot-colours";
import { aloneIn, type LineColumn } from "./prepare-lines";

/** uPlot's settings from ours; nothing here touches the page. */

const FONT = "11px system-ui, sans-serif";

export type PlotSetup = {
  columns: readonly Omit<LineColumn, "values">[];
  looks: ReadonlyMap<string, SeriesLook>;
  baselines: ReadonlySet<string>;
  colours: PlotColours;
  xMode: XMode;
  log: boolean;
  logX: boolean;
  /** The values keep this in sight, such as a threshold that is never reached. */
  inSight: readonly number[];
  /** Pixels right of the plot for the names of its lines. */
  endRoom: number;
  syncGroup?: string;
  /** The zone wall times are told in; without one, the reader's. */
  zone?: string;
  range: () => Range | null;
  formatY?: (value: number) => string;
};

/** From so many lines on they are drawn thin, and the one that is pointed at stands out more. */
const many = 24;

/** Between the edges of each band, in the colour of its line. */
function bandsOf(setup: PlotSetup): uPlot.Band[] {
  return setup.columns.flatMap(({ id, role }, index) => {
    if (role !== "high") return [];
    const low = setup.columns.findIndex((column) => column.id === id && column.role === "low");
    const colour = setup.colours.series[(setup.looks.get(id)?.colour ?? 1) - 1] ?? setup.colours.ink;
    return [{ series: [index + 1, low + 1] satisfies [number, number], fill: `color-mix(in srgb, ${colour} 18%, transparent)` }];
  });
}

/** The line of the same run in another panel of the group, if it has one there. */
function matchLine(self: uPlot, other: uPlot, index: number | null): number | null {
  if (index === null) return null;
  const found = self.series.findIndex((each, at) => at > 0 && each.label === other.series[index]?.label && (each.alpha ?? 1) > 0.5);
  return found;
}

function seriesOptions(setup: PlotSetup): uPlot.Series[] {
  return setup.columns.map(({ id, role }) => {
    const look = setup.looks.get(id);
    const colour = setup.colours.series[(look?.colour ?? 1) - 1] ?? setup.colours.ink;
    const faint = role !== "line";
    const isMany = setup.columns.length > many;
    return {
      label: id,
      stroke: colour,
      alpha: faint ? 0.28 : isMany && !setup.baselines.has(id) ? 0.75 : 1,
      width: setup.baselines.has(id) && !faint ? 2.5 : isMany || role === "low" || role === "high" ? 1 : 1.5,
      dash: faint ? undefined : look?.dash.length ? [...look.dash] : undefined,
      points: {
        show: faint ? false : undefined,
        size: 5,
        fill: colour,
        filter: (plot, index, show) => (show || faint ? null : aloneIn(plot.data[index] ?? [])),
      },
    };
  });
}

/** Clock times; a day's name where a day begins or where ticks are days apart. */
function timeLabels(splits: readonly number[], zone?: string): string[] {
  const apart = (splits[1] ?? 0) - (splits[0] ?? 0);
  return splits.map((at) => {
    const clock = formatClock(at, zone, apart < 60_000);
    return apart >= 86_400_000 || clock === "00:00" ? formatDay(at, at, zone) : clock;
  });
}

function axes(setup: PlotSetup): uPlot.Axis[] {
  const { colours, xMode } = setup;
  const base: uPlot.Axis = {
    stroke: colours.muted,
    font: FONT,
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  const xLabels = {
    step: tickLabels,
    relative: (splits: number[]) => splits.map(formatDuration),
    wall: (splits: number[]) => timeLabels(splits, setup.zone),
  };
  return [
    {
      ...base,
      size: 26,
      gap: 4,
      grid: { show: false },
      space: xMode === "relative" ? 90 : 60,
      values: (_, splits) => xLabels[xMode](splits),
    },
    {
      ...base,
      gap: 6,
      size: (_, values) => Math.max(44, 14 + 6.4 * Math.max(0, ...(values ?? []).map((value) => value?.length ?? 0))),
      space: 34,
      values: (_, splits) => yLabels(setup, splits),
    },
  ];
}

/** The ends of a log axis are ticks too, at any odd value; only whole multiples of a power of ten get a label. */
function logLabel(value: number): string {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return Math.abs(mantissa - Math.round(mantissa)) < 1e-6 ? formatPlain(value) : "";
}

/** On a log axis uPlot marks with null the ticks that stay without a label. */
function yLabels({ formatY, log }: PlotSetup, splits: (number | null)[]): string[] {
  const shown = splits.filter((value) => value !== null);
  const labels = formatY ? shown.map(formatY) : log ? shown.map(logLabel) : tickLabels(shown);
  let next = 0;
  return splits.map((value) => (value === null ? "" : (labels[next++] ?? "")));
}

function yRange(setup: PlotSetup): uPlot.Scale["range"] {
  return (_, low, high) => {
    if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
    const bottom = Math.min(low, ...setup.inSight);
    const top = Math.max(high, ...setup.inSight);
    if (setup.log) return [bottom / 1.12, top * 1.12];
    const room = (top - bottom || Math.abs(top) || 1) * 0.06;
    return [bottom - room, top + room];
  };
}

const isSame = (a: string | null, b: string | null) => a === b;

export function plotOptions(setup: PlotSetup, size: { width: number; height: number }): uPlot.Options {
  return {
    ...size,
    ms: 1,
    tzDate: (at) => (setup.zone ? uPlot.tzDate(new Date(at), setup.zone) : new Date(at)),
    padding: [8, 10 + setup.endRoom, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 7, one: setup.columns.length > many },
      sync: setup.syncGroup ? { key: setup.syncGroup, setSeries: true, scales: ["x", null], match: [isSame, isSame, matchLine] } : undefined,
      focus: { prox: 24, dist: (_, series, __, valueAt, cursorAt) => (setup.columns[series - 1]?.role === "line" ? valueAt - cursorAt : Number.POSITIVE_INFINITY) },
    },
    focus: { alpha: setup.columns.length > many ? 0.14 : 0.35 },
    bands: bandsOf(setup),
    scales: {
      x: {
        time: setup.xMode === "wall",
        distr: setup.logX ? 4 : 1,
        range: (_, low, high) => {
          const zoom = setup.range();
          if (zoom) return [zoom.from, zoom.to];
          return low === high ? [low - 1, high + 1] : [low, high];
        },
      },
      y: { distr: setup.log ? 3 : 1, range: yRange(setup) },
    },
    axes: axes(setup),
    series: [{}, ...seriesOptions(setup)],
  };
}
