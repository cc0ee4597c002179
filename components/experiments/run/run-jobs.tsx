"use client";

import { parseAsInteger, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { Select } from "@/components/ui/forms/select";
import { NoJob } from "./no-job";
import { useRun } from "./use-run";

export type RunJobsProps = { project: string; runId: string; what: "logs" | "usage"; children: (jobId: string) => ReactNode };

/** What is told of a run's job: of the newest, and where the run was resumed of each before it, by `?job=1`. */
export function RunJobs({ project, runId, what, children }: RunJobsProps) {
  const { data: run } = useRun(project, runId);
  const [{ job }, set] = useQueryStates({ job: parseAsInteger, attempt: parseAsInteger, line: parseAsInteger });
  if (!run) return null;
  const newest = run.jobIds.length;
  const shown = job !== null && job >= 1 && job <= newest ? job : newest;
  const jobId = run.jobIds[shown - 1];
  if (!jobId) return <NoJob project={project} what={what} />;
  if (newest === 1) return children(jobId);
  const options = run.jobIds.map((_, index) => ({ value: String(index + 1), label: index === 0 ? "Job 1, as it was launched" : `Job ${index + 1}, resumed` }));
  return (
    <div className="grid grid-cols-1 gap-3">
      <span className="w-60">
        <Select aria-label="Job" options={options} value={String(shown)} onChange={(event) => void set({ job: Number(event.target.value) === newest ? null : Number(event.target.value), attempt: null, line: null })} />
      </span>
      <div key={jobId}>{children(jobId)}</div>
    </div>
  );
}
