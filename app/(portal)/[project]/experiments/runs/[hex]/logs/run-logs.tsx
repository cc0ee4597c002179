"use client";

import { JobLog } from "@/components/compute/log/job-log";
import { RunJobs } from "@/components/experiments/run/run-jobs";

export function RunLogs({ project, runId }: { project: string; runId: string }) {
  return <RunJobs project={project} runId={runId} what="logs">{(jobId) => <JobLog project={project} jobId={jobId} />}</RunJobs>;
}
