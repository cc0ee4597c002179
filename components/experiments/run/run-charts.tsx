"use client";

import { useMemo } from "react";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import type { MetricSummary } from "@/server/domains/experiments/contract/run";
import { MetricSections } from "../charts/metric-sections";
import { formatMetric } from "../metrics/metric-format";
import { isOpen } from "../run-identity";
import { chartedOf } from "./charted-run";
import { useRun } from "./use-run";

export function RunCharts({ project, runId }: { project: string; runId: string }) {
  const { data: run } = useRun(project, runId);
  const charted = useMemo(() => (run ? chartedOf(project, run, "own") : null), [project, run]);
  if (!run || !charted) return null;
  return (
    <MetricSections
      charted={charted}
      single={(keys) => <SingleValues metrics={singles(run.metrics, keys)} />}
      empty={
        <EmptyState
          title={isOpen(run.status) ? "No metrics yet" : "This run logged no metrics"}
          snippets={[{ label: "Python", code: 'mlflow.log_metric("auc", 0.742, step=step)' }]}
        >
          Each metric that is logged with a step becomes a curve here, live.
        </EmptyState>
      }
    />
  );
}

function singles(metrics: readonly MetricSummary[], keys: readonly string[]): MetricSummary[] {
  const wanted = new Set(keys);
  return metrics.filter(({ key }) => wanted.has(key));
}

/** Metrics with one value are numbers, not curves. */
function SingleValues({ metrics }: { metrics: readonly MetricSummary[] }) {
  return (
    <ScrollRegion label="Single values" className="mb-3 max-h-52 rounded-lg border border-line bg-panel px-4 py-2.5">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {metrics.map(({ key, lastValue }) => (
        <div key={key} className="min-w-20">
          <dt className="text-label text-muted">{key}</dt>
          <dd className="font-medium text-body tabular-nums">{formatMetric(lastValue, null)}</dd>
        </div>
      ))}
      </dl>
    </ScrollRegion>
  );
}
