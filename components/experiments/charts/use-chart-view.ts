"use client";

import { createParser, parseAsBoolean, parseAsFloat, parseAsString, parseAsStringLiteral } from "nuqs";
import type { Range, XMode } from "@/components/charts/lines/line-series";
import { useAddressState } from "../address-state";

/** How a page's charts are drawn, in the URL: `?x=wall&log=true&smooth=0.6&zoom=120..900&find=loss`. */

const zoomParser = createParser<Range>({
  parse(text) {
    const [from, to] = text.split("..").map(Number);
    return from !== undefined && to !== undefined && from < to ? { from, to } : null;
  },
  serialize: ({ from, to }) => `${Number(from.toPrecision(15))}..${Number(to.toPrecision(15))}`,
  eq: (a, b) => a.from === b.from && a.to === b.to,
});

const parsers = {
  x: parseAsStringLiteral(["step", "wall", "relative"]).withDefault("step"),
  log: parseAsBoolean.withDefault(false),
  logx: parseAsBoolean.withDefault(false),
  smooth: parseAsFloat.withDefault(0),
  zoom: zoomParser,
  find: parseAsString.withDefault(""),
};

export type ChartView = { x: XMode; log: boolean; logx: boolean; smooth: number; zoom: Range | null; find: string };

export function useChartView() {
  const [state, set] = useAddressState(parsers, { history: "replace", shallow: true, throttleMs: 120 });
  const view: ChartView = { ...state, smooth: Math.min(0.99, Math.max(0, state.smooth)) };
  return {
    view,
    // A stretch of steps means nothing on a clock.
    setX: (x: XMode) => void set({ x, zoom: null }),
    setLogX: (logx: boolean) => void set({ logx: logx || null }),
    setLog: (log: boolean) => void set({ log: log || null }),
    setSmooth: (smooth: number) => void set({ smooth: smooth === 0 ? null : smooth }),
    setZoom: (zoom: Range | null) => void set({ zoom }, { history: "push" }),
    setFind: (find: string) => void set({ find: find || null }),
  };
}
