"use client";

import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/feedback/notice";
import { readServerTick, readTick, subscribeTick } from "@/components/ui/text/shared-tick";
import type { PendingView } from "@/server/domains/compute/contract/job";
import { startWords } from "./start-words";

/** When it should start, with the runs that it was learnt from on hover. */
export function StartEstimateText({ pending }: { pending: PendingView }) {
  const { estimate } = pending;
  const tick = useSyncExternalStore(subscribeTick, readTick, readServerTick);
  if (!estimate) return <span className="text-muted">No estimate yet.</span>;
  const based = `Played forward over the queue, with the run times of ${estimate.basedOnRuns} earlier ${estimate.basedOnRuns === 1 ? "job" : "jobs"}`;
  return (
    <span data-tip={based} className="tabular-nums" suppressHydrationWarning>
      {startWords(estimate, tick === 0 ? Date.now() : tick)}.
    </span>
  );
}

export function PendingNotice({ pending }: { pending: PendingView }) {
  return (
    <Notice tone="neutral" action={<StartEstimateText pending={pending} />}>
      <span className="font-medium">Why it waits:</span> {pending.reason}
    </Notice>
  );
}
