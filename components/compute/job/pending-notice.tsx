"use client";

import { Notice } from "@/components/ui/feedback/notice";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { PendingView } from "@/server/domains/compute/contract/job";

/** "starts in 3 min (in 2 to 5 min)", with the runs that it was learnt from on hover. */
export function StartEstimateText({ pending }: { pending: PendingView }) {
  const { estimate } = pending;
  if (!estimate) return <span className="text-muted">No estimate yet.</span>;
  const isNow = estimate.latest.getTime() - Date.now() < 2_000;
  const based = `Played forward over the queue, with the run times of ${estimate.basedOnRuns} earlier ${estimate.basedOnRuns === 1 ? "job" : "jobs"}`;
  if (isNow) return <span data-tip={based}>Should start now.</span>;
  return (
    <span data-tip={based} suppressHydrationWarning>
      Starts <RelativeTime at={estimate.expected} className="font-medium" />
      {estimate.earliest.getTime() !== estimate.latest.getTime() && (
        <span className="text-muted">
          {" "}
          (<RelativeTime at={estimate.earliest} /> to <RelativeTime at={estimate.latest} />)
        </span>
      )}
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
