import type uPlot from "uplot";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatPlain, formatValue } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import type { SeriesLook } from "../colour-of";
import { tickLabels } from "../ticks";
import type { Range, XMode } from "./line-series";
import type { PlotColours } from "./plot-colours";
import type { LineColumn } from "./prepare-lines";

/** uPlot's settings from ours; nothing here touches the page. */

const FONT = "11px system-ui, sans-serif";

export type PlotSetup = {
  columns: readonly Omit<LineColumn, "values">[];
  looks: ReadonlyMap<string, SeriesLook>;
  baselines: ReadonlySet<string>;
  colours: PlotColours;
  xMode: XMode;
  log: boolean;
  /** The values keep this in sight, such as a threshold that is never reached. */
  inSight: readonly number[];
  syncGroup?: string;
  range: () => Range | null;
  formatY?: (value: number) => string;
};

export function formatX(mode: XMode, x: number): string {
  if (mode === "step") return `step ${formatValue(x, 6)}`;
  return mode === "wall" ? formatAbsolute(x) : formatDuration(x);
}

function seriesOptions(setup: PlotSetup): uPlot.Series[] {
  return setup.columns.map(({ id, role }) => {
    const look = setup.looks.get(id);
    const colour = setup.colours.series[(look?.colour ?? 1) - 1] ?? setup.colours.ink;
    const faint = role === "raw";
    return {
      label: id,
      stroke: colour,
      alpha: faint ? 0.28 : 1,
      width: setup.baselines.has(id) && !faint ? 2.5 : 1.5,
      dash: faint ? undefined : look?.dash.length ? [...look.dash] : undefined,
      points: { show: faint ? false : undefined, size: 5, fill: colour },
    };
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
  const xValues = (_: uPlot, splits: number[]) =>
    xMode === "relative" ? splits.map(formatDuration) : tickLabels(splits);
  return [
    {
      ...base,
      size: 26,
      gap: 4,
      grid: { show: false },
      space: xMode === "relative" ? 90 : 60,
      ...(xMode === "wall" ? {} : { values: xValues }),
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

/** On a log axis uPlot marks with null the ticks that stay without a label. */
function yLabels({ formatY, log }: PlotSetup, splits: (number | null)[]): string[] {
  const shown = splits.filter((value) => value !== null);
  const labels = formatY ? shown.map(formatY) : log ? shown.map((value) => formatPlain(value)) : tickLabels(shown);
  let next = 0;
  return splits.map((value) => (value === null ? "" : (labels[next++] ?? "")));
}

function yRange(setup: PlotSetup): uPlot.Scale["range"] {
  return (_, low, high) => {
    if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
    const bottom = Math.min(low, ...setup.inSight);
    const top = Math.max(high, ...setup.inSight);
    if (setup.log) return [10 ** Math.floor(Math.log10(bottom)), 10 ** Math.ceil(Math.log10(top) + 1e-9)];
    const room = (top - bottom || Math.abs(top) || 1) * 0.06;
    return [bottom - room, top + room];
  };
}

export function plotOptions(setup: PlotSetup, size: { width: number; height: number }): uPlot.Options {
  return {
    ...size,
    ms: 1,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
      sync: setup.syncGroup ? { key: setup.syncGroup, scales: ["x", null] } : undefined,
      focus: { prox: 24 },
    },
    focus: { alpha: 0.35 },
    scales: {
      x: {
        time: setup.xMode === "wall",
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
