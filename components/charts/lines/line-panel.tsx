"use client";

import { ZoomOut } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { formatValue } from "@/components/ui/format/format-number";
import { looksOf } from "../colour-of";
import { ChartFrame } from "../frame/chart-frame";
import { later, useLoaded } from "../frame/use-loaded";
import { useThemeName } from "../frame/use-theme-name";
import { endsOf, labelledAtMost, roomOf } from "./line-ends";
import { LineLegend } from "./line-legend";
import type { EventMark, LineSeries, Range, ReferenceBand, ReferenceLine, XMode } from "./line-series";
import { tableOfLines } from "./lines-table";
import { prepareLines } from "./prepare-lines";
import { useCrosshair } from "./use-crosshair";

/** Until it is there, the frame keeps its room: a skeleton of another height would move what stands below. */
const linePlot = later(async () => (await import("./line-plot")).LinePlot);

export type LinePanelProps = {
  title: string;
  unit?: string;
  description?: ReactNode;
  series: readonly LineSeries[];
  xMode?: XMode;
  /** The zone of wall times, such as "UTC"; without one, the reader's. */
  zone?: string;
  log?: boolean;
  /** Steps on a scale that is even near 0 and logarithmic from there. */
  logX?: boolean;
  smoothing?: number;
  /** Which end is better; its point is ringed and labelled. */
  best?: "max" | "min";
  /** A few lines carry their names at their ends. */
  endLabels?: boolean;
  /** Panels with the same group share a crosshair. */
  syncGroup?: string;
  range?: Range | null;
  /** Called on a brush, and with null on a double click or the button; fetch finer points for the range then. */
  onZoom?: (range: Range | null) => void;
  lines?: readonly ReferenceLine[];
  bands?: readonly ReferenceBand[];
  events?: readonly EventMark[];
  format?: (value: number) => string;
  height?: number;
  loading?: boolean;
  empty?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  className?: string;
};

const none: readonly never[] = [];

const formatFour = (value: number) => formatValue(value);

export function LinePanel(props: LinePanelProps) {
  const {
    series,
    xMode = "step",
    log = false,
    logX = false,
    smoothing = 0,
    best,
    lines = none,
    bands = none,
    events = none,
    range = null,
    height = 200,
  } = props;
  const format = props.format ?? formatFour;
  const theme = useThemeName();
  const LinePlot = useLoaded(linePlot);
  const prepared = useMemo(
    () => prepareLines({ series, xMode, smoothing, log, best }),
    [series, xMode, smoothing, log, best],
  );
  const looks = useMemo(() => looksOf(series), [series]);
  const ends = useMemo(
    () => (props.endLabels && series.length > 1 && series.length <= labelledAtMost ? endsOf(series, looks) : none),
    [props.endLabels, series, looks],
  );
  const marks = useMemo(
    () => ({
      lines,
      bands,
      events,
      ends,
      best: prepared.best,
      bestText: prepared.best ? `best ${format(prepared.best.value)}` : "",
    }),
    [lines, bands, events, ends, prepared, format],
  );

  const { panel, onPoint, onFocus } = useCrosshair({ series, prepared, xMode, zone: props.zone, format });

  const structure = [
    theme,
    xMode,
    ends.map((end) => end.text).join(),
    log,
    logX,
    height,
    props.syncGroup,
    ...prepared.columns.map((column) => `${column.id} ${column.role}`),
  ].join("|");
  return (
    <div ref={panel} className="group/panel min-w-0">
      <ChartFrame
        {...props}
        height={height}
        isEmpty={prepared.xs.length === 0}
        data={() => tableOfLines(series, xMode, props.zone, events)}
        actions={
          <>
            <span data-where className="hidden truncate text-label text-muted group-data-[pointing]/panel:inline" />
            {range && (
              <IconButton label="Show all again" icon={<ZoomOut />} size="sm" onClick={() => props.onZoom?.(null)} />
            )}
            {props.actions}
          </>
        }
        legend={
          <>
            <LineLegend series={series} looks={looks} last={prepared.last} format={format} />
            {prepared.leftOut > 0 && (
              <p className="mt-1 text-label text-warning">
                {prepared.leftOut} values cannot be drawn here and are left out.
              </p>
            )}
          </>
        }
      >
        {LinePlot && (
          <LinePlot
            key={structure}
            prepared={prepared}
            marks={marks}
            range={range}
            height={height}
            onZoom={props.onZoom}
            onPoint={onPoint}
            onFocus={onFocus}
            setup={{
              looks,
              baselines: new Set(series.filter((each) => each.baseline).map((each) => each.id)),
              xMode,
              endRoom: roomOf(ends),
              log,
              logX: logX && xMode === "step",
              inSight: lines.map((line) => line.value),
              syncGroup: props.syncGroup,
              zone: props.zone,
              formatY: props.format,
            }}
          />
        )}
      </ChartFrame>
    </div>
  );
}
