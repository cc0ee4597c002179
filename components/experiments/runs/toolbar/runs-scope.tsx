"use client";

import { Pin, X } from "lucide-react";
import { IconButton } from "@/components/ui/actions/icon-button";
import { formatCount } from "@/components/ui/format/format-number";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { Switch } from "@/components/ui/forms/switch";
import { rankMetrics } from "../../metrics/rank-metrics";
import type { RunsTable } from "../use-runs-table";

/** More than these nobody looks through; sorting by any other brings it here too. */
const metricsOffered = 100;

const views = [
  { value: "active", label: "Active" },
  { value: "deleted", label: "Deleted" },
] as const;

/** Beneath it: which runs, and what they are looked at for. */
export function RunsScope({ table }: { table: RunsTable }) {
  const { keys, metric, view, baseline, count } = table;
  const { hidden } = count;
  return (
    <>
      <Segmented label="Which runs" options={views} value={view.view} onValueChange={view.setView} />
      {(view.all || (hidden ?? 0) > 0) && (
        <Switch
          label={`Scoring and nested${hidden ? ` (${formatCount(hidden)})` : ""}`}
          checked={view.all}
          onChange={(event) => view.setAll(event.target.checked)}
          className="px-1"
        />
      )}
      {metric && (
        <Select
          aria-label="Metric of the curve"
          data-tip="The metric of the curve, and the first of the columns"
          className="max-w-44"
          value={metric}
          onChange={(event) => view.setMetric(event.target.value)}
          options={[...new Set([metric, ...rankMetrics(keys.metrics).slice(0, metricsOffered).map(({ key }) => key)])].map((key) => ({ value: key, label: key }))}
        />
      )}
      {baseline && (
        <span className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line bg-panel pl-2 text-label">
          <Pin aria-hidden className="size-3 text-accent-text" />
          <span className="text-muted">Baseline</span>
          <span className="max-w-40 truncate">{baseline.name}</span>
          <IconButton label="Unpin the baseline" icon={<X />} size="sm" onClick={() => view.setBaseline(null)} />
        </span>
      )}
    </>
  );
}
