"use client";

import { PendingOfJob } from "@/components/compute/job/pending-notice";
import { isOpen } from "@/components/experiments/run-identity";
import { useRun } from "@/components/experiments/run/use-run";

/** Where a run meets the queue that its job waits in: at its launch, and again after an attempt was lost. */
export function RunWaits({ project, runId }: { project: string; runId: string }) {
  const { data: run } = useRun(project, runId);
  if (!run?.jobId || !isOpen(run.status)) return null;
  return <PendingOfJob project={project} jobId={run.jobId} />;
}
