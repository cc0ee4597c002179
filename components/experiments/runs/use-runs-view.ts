"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { RunsView } from "./runs-query";

const parsers = {
  metric: parseAsString,
  base: parseAsString,
  view: parseAsStringLiteral(["active", "deleted"]).withDefault("active"),
  all: parseAsBoolean.withDefault(false),
  group: parseAsString,
  open: parseAsArrayOf(parseAsString).withDefault([]),
};

/** What the runs table shows beside filter, sort and columns: `?metric=auc&base=<hex>&view=deleted&all=true&group=params.model&open=…`. */
export function useRunsView() {
  const [state, set] = useQueryStates(parsers, { history: "replace", shallow: true });
  return useMemo(
    () => ({
      metric: state.metric,
      baselineHex: state.base,
      view: state.view as RunsView,
      group: state.group,
      /** Which groups are, by their row ids. */
      open: state.open,
      /** With the runs that score a model, and those that are part of another. */
      all: state.all,
      setGroup: (group: string | null) => void set({ group, open: null }, { history: "push" }),
      setOpen: (open: readonly string[]) => void set({ open: open.length > 0 ? [...open] : null }),
      setAll: (all: boolean) => void set({ all: all || null }, { history: "push" }),
      setMetric: (metric: string | null) => void set({ metric }),
      setBaseline: (base: string | null) => void set({ base }),
      setView: (view: RunsView) => void set({ view: view === "active" ? null : view }, { history: "push" }),
    }),
    [state, set],
  );
}
