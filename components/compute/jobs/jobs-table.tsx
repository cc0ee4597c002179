"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { FilterBar } from "@/components/data-table/filter/filter-bar";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { JobSummary } from "@/server/domains/compute/contract/job";
import { Failure } from "../failure";
import { JobStateBadge } from "../job-state";
import { endSentence } from "../job-words";
import { resourcesText } from "../resources-text";
import { jobSnippets } from "../snippets";
import { jobsAsked, jobsGrammar } from "./jobs-query";

const pageSize = 50;

function whyOf(job: JobSummary): string {
  if (job.message && job.state !== "succeeded") return job.message;
  return endSentence({ ...job, exitCode: null, signal: null })?.what ?? "–";
}

const columns: DataColumn<JobSummary>[] = [
  { key: "name", header: "Job", width: 260, cell: (job) => job.name, value: (job) => job.name },
  { key: "state", header: "State", width: 116, cell: (job) => <JobStateBadge job={job} />, value: (job) => job.state },
  {
    key: "duration",
    header: "Ran",
    width: 92,
    align: "right",
    cell: (job) => (job.startedAt ? <Elapsed from={job.startedAt} to={job.finishedAt} /> : "–"),
    value: (job) => (job.startedAt && job.finishedAt ? (job.finishedAt.getTime() - job.startedAt.getTime()) / 1_000 : null),
  },
  {
    key: "waited",
    header: "Waited",
    width: 92,
    align: "right",
    help: "From its submission until it last started.",
    cell: (job) => <Elapsed from={job.submittedAt} to={job.startedAt ?? job.finishedAt} />,
    value: (job) => (job.startedAt ? (job.startedAt.getTime() - job.submittedAt.getTime()) / 1_000 : null),
  },
  { key: "resources", header: "Asks for", width: 150, cell: (job) => resourcesText(job.resources), value: (job) => resourcesText(job.resources) },
  { key: "agent", header: "Agent", width: 110, cell: (job) => job.agentName ?? "–", value: (job) => job.agentName },
  { key: "by", header: "By", width: 120, cell: (job) => job.submittedBy.name, value: (job) => job.submittedBy.name },
  { key: "submitted", header: "Submitted", width: 104, align: "right", cell: (job) => <RelativeTime at={job.submittedAt} />, value: (job) => job.submittedAt.toISOString() },
  { key: "why", header: "Why it ended", width: 280, cell: (job) => <span data-tip={whyOf(job)}>{whyOf(job)}</span>, value: whyOf },
];

export type JobsTableProps = { project: string; serverUrl: string; agentId?: string };

/** All jobs, newest first; of one agent where it is named. */
export function JobsTable({ project, serverUrl, agentId }: JobsTableProps) {
  const trpc = useTRPC();
  const state = useTableState();
  const asked = { project, ...jobsAsked(state.filter), ...(agentId ? { agentId } : {}), limit: pageSize };
  const options = trpc.compute.listJobs.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData });
  const pages = useInfiniteQuery(options);
  useLive(["jobs"], [trpc.compute.listJobs.infiniteQueryKey()]);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.jobs) ?? [], [pages.data]);
  return (
    <DataTable
      label="Jobs"
      columns={columns}
      rows={rows}
      rowId={(job) => job.id}
      rowName={(job) => job.name}
      rowHref={(job) => `/${project}/compute/jobs/${job.id}`}
      state={state}
      loading={pages.isPending}
      error={pages.error && <Failure title="The jobs could not be read" error={pages.error} onRetry={() => void pages.refetch()} />}
      empty={
        agentId ? (
          <EmptyState title="No job of this project ran here" />
        ) : (
          <EmptyState title="No jobs yet" snippets={jobSnippets(serverUrl)}>
            Launching a run makes a job; any other command can be sent as one too. Make a token in Settings.
          </EmptyState>
        )
      }
      hasNextPage={pages.hasNextPage}
      isFetchingNextPage={pages.isFetchingNextPage}
      fetchNextPage={pages.fetchNextPage}
      filter={<FilterBar label="Filter jobs" grammar={jobsGrammar} value={state.filter} onApply={state.setFilter} />}
      csvName="jobs"
      maxHeight="32rem"
      card={(job) => <JobCard job={job} />}
    />
  );
}

function JobCard({ job }: { job: JobSummary }) {
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <span className="truncate font-medium">{job.name}</span>
      <JobStateBadge job={job} />
      <span className="text-label text-muted">{resourcesText(job.resources)}</span>
      <RelativeTime at={job.submittedAt} className="text-label text-muted" />
    </span>
  );
}
