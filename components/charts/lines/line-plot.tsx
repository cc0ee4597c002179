"use client";

import "uplot/dist/uPlot.min.css";
import { useEffect, useEffectEvent, useRef } from "react";
import uPlot from "uplot";
import type { Range } from "./line-series";
import { readPlotColours } from "./plot-colours";
import { drawBands, drawMarks, type PlotMarks } from "./plot-marks";
import { type PlotSetup, plotOptions } from "./plot-options";
import type { PreparedLines } from "./prepare-lines";

export type LinePlotProps = {
  prepared: PreparedLines;
  setup: Omit<PlotSetup, "colours" | "columns" | "range">;
  marks: PlotMarks;
  range: Range | null;
  height: number;
  onZoom?: (range: Range | null) => void;
  /** The index under the crosshair, and of each column the nearest with a value; null when there is none. */
  onPoint: (index: number | null, nearest: readonly (number | null)[]) => void;
  /** The line that is pointed at, here or in another panel of the group. */
  onFocus: (id: string | null) => void;
};

function dataOf(prepared: PreparedLines): uPlot.AlignedData {
  return [prepared.xs, ...prepared.columns.map((column) => column.values)];
}

/** The canvas. Its owner gives it a new key when series, scale or theme change; points and zoom flow in as they come. */
export function LinePlot(props: LinePlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);

  const build = useEffectEvent((node: HTMLDivElement) => {
    const colours = readPlotColours();
    const options = plotOptions(
      { ...props.setup, columns: props.prepared.columns, colours, range: readRange },
      { width: node.clientWidth, height: props.height },
    );
    options.hooks = {
      drawAxes: [(u) => drawBands(u, readMarks(), colours)],
      draw: [(u) => drawMarks(u, readMarks(), colours)],
      setCursor: [(u) => point(u.cursor.idx ?? null, (u.cursor.idxs ?? []).slice(1))],
      setSeries: [(u, index, changed) => "focus" in changed && focus(index === null ? null : (u.series[index]?.label ?? null))],
      setSelect: [select],
      ready: [(u) => u.over.addEventListener("dblclick", () => zoom(null))],
    };
    return new uPlot(options, dataOf(props.prepared), node);
  });
  const readRange = useEffectEvent(() => props.range);
  const readMarks = useEffectEvent(() => props.marks);
  const point = useEffectEvent((index: number | null, nearest: readonly (number | null)[]) => props.onPoint(index, nearest));
  const focus = useEffectEvent((id: uPlot.Series["label"] | null) => props.onFocus(typeof id === "string" ? id : null));
  const zoom = useEffectEvent((range: Range | null) => props.onZoom?.(range));

  const select = useEffectEvent((u: uPlot) => {
    if (u.select.width < 4) return;
    const from = u.posToVal(u.select.left, "x");
    const to = u.posToVal(u.select.left + u.select.width, "x");
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    zoom({ from, to });
  });

  useEffect(() => {
    const node = host.current;
    if (!node) return;
    const made = build(node);
    plot.current = made;
    const watcher = new ResizeObserver(() => {
      if (node.clientWidth > 0) made.setSize({ width: node.clientWidth, height: made.height });
    });
    watcher.observe(node);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, []);

  // Both new points and a new zoom redraw through the same door: scales are asked for again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the zoom is read by the scale while it is set anew
  useEffect(() => plot.current?.setData(dataOf(props.prepared)), [props.prepared, props.range, props.marks]);

  return <div ref={host} style={{ height: props.height }} className="w-full overflow-hidden" />;
}
