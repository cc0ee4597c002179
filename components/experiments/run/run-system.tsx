"use client";

import { type ReactNode, useMemo } from "react";
import { MetricSections } from "../charts/metric-sections";
import { chartedOf } from "./charted-run";
import { NoJob } from "./no-job";
import { useRun } from "./use-run";

/** What Slipway measured of the run's job, and what its client logged of the machine (`system/…`). */
export function RunSystem({ project, runId, measured }: { project: string; runId: string; measured: ReactNode }) {
  const { data: run } = useRun(project, runId);
  const charted = useMemo(() => (run ? chartedOf(project, run, "system") : null), [project, run]);
  if (!charted) return null;
  if (charted.metrics.length === 0) return measured ?? <NoJob project={project} what="usage" />;
  return (
    <div className="grid gap-6">
      {measured}
      <section aria-label="Logged by its client">
        <h2 className="mb-3 text-heading">Logged by its client</h2>
        <MetricSections charted={charted} empty={null} />
      </section>
    </div>
  );
}
