"use client";

import { RunRepetition } from "./again/run-repetition";
import { useRun } from "./use-run";
import { RunDatasets } from "./overview/run-datasets";
import { RunFacts } from "./overview/run-facts";
import { RunLineage } from "./overview/run-lineage";
import { RunModels } from "./overview/run-models";
import { RunNotes } from "./overview/run-notes";
import { RunParams } from "./overview/run-params";
import { RunPromises } from "./overview/run-promises";
import { RunTags } from "./overview/run-tags";

/** What made the run and what it made. */
export function RunOverview({ project, runId }: { project: string; runId: string }) {
  const { data: run } = useRun(project, runId);
  if (!run) return null;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid grid-cols-1 gap-4">
        <RunRepetition project={project} run={run} />
        <RunNotes project={project} run={run} />
        <RunPromises run={run} />
        <RunParams run={run} />
        <RunDatasets project={project} run={run} />
        <RunModels project={project} run={run} />
      </div>
      <div className="grid grid-cols-1 gap-4">
        <RunFacts run={run} />
        <RunTags project={project} run={run} />
        <RunLineage project={project} run={run} />
      </div>
    </div>
  );
}
