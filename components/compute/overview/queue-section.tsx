"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import { Failure } from "../failure";
import { StartEstimateText } from "../job/pending-notice";
import { resourcesText } from "../resources-text";

const pollMs = 10_000;

function orderWords(queue: readonly { pending: { position: number | null } }[]): string | undefined {
  const blocked = queue.filter(({ pending }) => pending.position === null).length;
  if (queue.length === blocked) return blocked === 0 ? undefined : "Each runs after other jobs.";
  return `In the order in which they will be started${blocked === 0 ? "" : "; below, those that run after other jobs"}.`;
}

/** Each waiting job with the reason that binds and when it should start. */
export function QueueSection({ project }: { project: string }) {
  const trpc = useTRPC();
  const asked = trpc.compute.listQueue.queryOptions({ project });
  const { data: queue, error, refetch } = useQuery({ ...asked, refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? pollMs : false) });
  useLive(["jobs", "job-queue", "agents"], [asked.queryKey]);
  if (error && !queue) return <Failure title="The queue could not be read" error={error} onRetry={() => void refetch()} />;
  return (
    <Section title="Queue" description={queue && orderWords(queue)} flush={(queue?.length ?? 0) > 0}>
      {!queue || queue.length === 0 ? (
        <p className="text-muted text-table">Nothing waits.</p>
      ) : (
        <ol>
          {queue.map((job) => (
            <li key={job.id} className="grid gap-x-4 gap-y-0.5 border-line border-b px-4 py-2 last:border-b-0 md:grid-cols-[1.5rem_minmax(10rem,1fr)_minmax(0,1.6fr)_19rem]">
              <span className="text-muted tabular-nums max-md:hidden">{job.pending.position ?? "–"}</span>
              <span className="min-w-0">
                <InlineLink href={`/${project}/compute/jobs/${job.id}`} className="block truncate font-medium">
                  {job.name}
                </InlineLink>
                <span className="block text-label text-muted">
                  {resourcesText(job.resources)} · by {job.submittedBy.name}
                </span>
              </span>
              <span className="text-table">{job.pending.reason}</span>
              <span className="text-table md:text-right">
                <StartEstimateText pending={job.pending} />
                <span className="block text-label text-muted">
                  waits <Elapsed from={job.submittedAt} />
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
