"use client";

import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/feedback/notice";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { readServerTick, readTick, subscribeTick } from "@/components/ui/text/shared-tick";
import type { PendingView } from "@/server/domains/compute/contract/job";
import { useJob } from "../use-job";
import { learntFrom, runWords, startWords, unestimatedWords } from "./start-words";

/** When it should start, and how long it should then run; each with what it was learnt from on hover. */
export function StartEstimateText({ pending, isStarting = false }: { pending: PendingView; isStarting?: boolean }) {
  const { estimate, unestimated, runs } = pending;
  const tick = useSyncExternalStore(subscribeTick, readTick, readServerTick);
  return (
    <>
      {!isStarting && estimate && (
        <span data-tip="The queue played forward, with the run times of jobs like those in it" className="inline-block tabular-nums" suppressHydrationWarning>
          {startWords(estimate, tick === 0 ? Date.now() : tick)}.
        </span>
      )}
      {!isStarting && unestimated && (
        <span data-tip={unestimatedWords[unestimated].tip} className="text-muted">{unestimatedWords[unestimated].text}</span>
      )}{" "}
      {runs && <span data-tip={learntFrom(runs)} className="inline-block text-muted tabular-nums">{runWords(runs)}.</span>}
    </>
  );
}

export function PendingNotice({ pending, jobHref, className }: { pending: PendingView; jobHref?: string; className?: string }) {
  return (
    <Notice
      tone="neutral"
      className={className}
      action={
        <span>
          <StartEstimateText pending={pending} />{" "}
          {jobHref && (
            <InlineLink className="whitespace-nowrap underline" href={jobHref}>
              Open its job
            </InlineLink>
          )}
        </span>
      }
    >
      <span className="font-medium">Why it waits:</span> {pending.reason}
    </Notice>
  );
}

/** What a job's own page says of its wait, on the page of what the job is for. */
export function PendingOfJob({ project, jobId }: { project: string; jobId: string }) {
  const { data: job } = useJob(project, jobId);
  if (!job?.pending) return null;
  return <PendingNotice className="mb-4" pending={job.pending} jobHref={`/${project}/compute/jobs/${jobId}`} />;
}
