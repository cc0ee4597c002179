"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import type { JobSummary } from "@/server/domains/compute/contract/job";
import { CancelJob } from "../job/job-actions";
import { JobStateBadge } from "../job-state";
import { resourcesText } from "../resources-text";

export function RunningSection({ project }: { project: string }) {
  const trpc = useTRPC();
  const canWrite = useMay(project, "member");
  const [cancelling, setCancelling] = useState<JobSummary | null>(null);
  const asked = trpc.compute.listJobs.queryOptions({ project, states: ["running", "preparing"], limit: 200 });
  const { data } = useQuery(asked);
  useLive(["jobs"], [asked.queryKey]);
  const jobs = data?.jobs ?? [];
  return (
    <Section title="Running" flush={jobs.length > 0}>
      {jobs.length === 0 ? (
        <p className="text-muted text-table">Nothing runs.</p>
      ) : (
        <ul>
          {jobs.map((job) => (
            <li key={job.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-line border-b px-4 py-1.5 last:border-b-0">
              <span className="min-w-0 flex-1 basis-56">
                <InlineLink href={`/${project}/compute/jobs/${job.id}`} className="block truncate font-medium">
                  {job.name}
                </InlineLink>
                <span className="block text-label text-muted">{resourcesText(job.resources)}</span>
              </span>
              <span className="w-28">
                <JobStateBadge job={job} />
              </span>
              <span className="w-20 text-table tabular-nums">{job.startedAt ? <Elapsed from={job.startedAt} /> : "–"}</span>
              <span className="w-40 truncate text-muted text-table">
                {job.agentId ? <InlineLink href={`/${project}/compute/agents/${job.agentId}`}>{job.agentName}</InlineLink> : "–"}
              </span>
              {canWrite && (
                <Button size="sm" variant="danger" aria-label={`Cancel ${job.name}`} disabled={job.cancelRequestedAt !== null} onClick={() => setCancelling(job)}>
                  Cancel
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {cancelling && <CancelJob project={project} job={cancelling} open onOpenChange={() => setCancelling(null)} />}
    </Section>
  );
}
