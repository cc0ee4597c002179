"use client";

import Plotly from "plotly.js-basic-dist-min";
import { useEffect, useRef } from "react";
import { useThemeName } from "@/components/charts/frame/use-theme-name";
import type { PlotlyFigure } from "./read-json";

/** Plotly itself: a megabyte, fetched when a figure is looked at. */
export function PlotlyPlot({ figure, label }: { figure: PlotlyFigure; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useThemeName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const node = host.current;
    if (!node) return;
    const style = getComputedStyle(document.documentElement);
    const clear = "rgba(0,0,0,0)";
    const layout = { ...figure.layout, template: undefined, autosize: true, width: undefined, paper_bgcolor: clear, plot_bgcolor: clear, font: { color: style.getPropertyValue("--ink").trim(), size: 12 } };
    void Plotly.newPlot(node, structuredClone(figure.data), structuredClone(layout), { responsive: true, displaylogo: false });
    return () => Plotly.purge(node);
  }, [figure, theme]);
  return <div ref={host} role="img" aria-label={label} className="min-h-96 w-full" />;
}
