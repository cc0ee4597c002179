"use client";

import { JobUsage } from "@/components/compute/usage/job-usage";
import { RunJobs } from "@/components/experiments/run/run-jobs";

export function RunUsage({ project, runId }: { project: string; runId: string }) {
  return <RunJobs project={project} runId={runId} what="usage">{(jobId) => <JobUsage project={project} jobId={jobId} />}</RunJobs>;
}
