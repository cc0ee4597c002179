"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { RunsView } from "./runs-query";

/** What the runs table shows beside filter, sort and columns: `?metric=auc&base=<hex>&view=deleted`. */
export function useRunsView() {
  const [state, set] = useQueryStates(
    {
      metric: parseAsString,
      base: parseAsString,
      view: parseAsStringLiteral(["active", "deleted"]).withDefault("active"),
    },
    { history: "replace", shallow: true },
  );
  return {
    metric: state.metric,
    baselineHex: state.base,
    view: state.view as RunsView,
    setMetric: (metric: string | null) => void set({ metric }),
    setBaseline: (base: string | null) => void set({ base }),
    setView: (view: RunsView) => void set({ view: view === "active" ? null : view }, { history: "push" }),
  };
}
