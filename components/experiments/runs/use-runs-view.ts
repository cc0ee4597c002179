"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { RunsView } from "./runs-query";

/** What the runs table shows beside filter, sort and columns: `?metric=auc&base=<hex>&view=deleted&all=true`. */
export function useRunsView() {
  const [state, set] = useQueryStates(
    {
      metric: parseAsString,
      base: parseAsString,
      view: parseAsStringLiteral(["active", "deleted"]).withDefault("active"),
      all: parseAsBoolean.withDefault(false),
    },
    { history: "replace", shallow: true },
  );
  return {
    metric: state.metric,
    baselineHex: state.base,
    view: state.view as RunsView,
    /** With the runs that score a model, and those that are part of another. */
    all: state.all,
    setAll: (all: boolean) => void set({ all: all || null }, { history: "push" }),
    setMetric: (metric: string | null) => void set({ metric }),
    setBaseline: (base: string | null) => void set({ base }),
    setView: (view: RunsView) => void set({ view: view === "active" ? null : view }, { history: "push" }),
  };
}
