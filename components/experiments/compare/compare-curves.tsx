"use client";

import { useMemo } from "react";
import { looksApart } from "@/components/charts/colour-of";
import { Select } from "@/components/ui/forms/select";
import type { Charted } from "../charts/charted";
import { MetricSections } from "../charts/metric-sections";
import { useCompareState } from "./compare-state";
import { groupChoices, groupRuns, hasRepeats } from "./groups/group-runs";
import type { Compared } from "./use-comparison";

/** How runs are put together; none is each for itself. */
export function GroupBy({ compared }: { compared: Compared }) {
  const [state, set] = useCompareState();
  const choices = useMemo(() => [...(hasRepeats(compared) ? [{ value: "repeats", label: "Repeats with other seeds" }] : []), ...groupChoices(compared)], [compared]);
  if (choices.length === 0) return null;
  return (
    <Select
      aria-label="Group by"
      className="max-w-56 flex-1 basis-40"
      options={[{ value: "", label: "Each run for itself" }, ...choices]}
      value={state.by ?? ""}
      onChange={(event) => void set({ by: event.target.value || null })}
    />
  );
}

/** All runs' curves over each other, or one line a group with its spread. */
export function CompareCurves({ compared }: { compared: Compared }) {
  const [{ by }] = useCompareState();
  const charted = useMemo<Charted>(() => {
    const { project, asked, runs, order, looks, metrics, baseline } = compared;
    const groups = groupRuns(compared, by);
    const apart = looksApart((groups ?? []).map(({ name }) => ({ id: name })));
    return {
      project,
      asked,
      metrics,
      runs: order.flatMap((place) => {
        const run = runs[place];
        return run ? [{ id: run.id, name: run.name, look: looks.get(run.id) }] : [];
      }),
      baselineId: baseline.id,
      groups: groups?.map(({ name, places }) => ({ name, look: apart.get(name), runIds: places.flatMap((place) => runs[place]?.id ?? []) })),
    };
  }, [compared, by]);
  return <MetricSections charted={charted} tools={<GroupBy compared={compared} />} empty={<p className="text-muted">None of these runs logged a metric with steps.</p>} />;
}
