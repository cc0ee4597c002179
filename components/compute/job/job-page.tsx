"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { Notice } from "@/components/ui/feedback/notice";
import { formatDuration } from "@/components/ui/format/format-duration";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { type KeyFact, PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { JobDetail } from "@/server/domains/compute/contract/job";
import { Failure } from "../failure";
import { JobStateBadge } from "../job-state";
import { endSentence, isFinished } from "../job-words";
import { JobLog } from "../log/job-log";
import { resourcesText } from "../resources-text";
import { useJob } from "../use-job";
import { JobActions } from "./job-actions";
import { JobAttempts } from "./job-attempts";
import { JobOrder } from "./job-order";
import { JobSpecView } from "./job-spec";
import { type Stage, stagesOf } from "./job-stages";
import { JobTimeline } from "./job-timeline";
import { PendingNotice } from "./pending-notice";

const JobUsage = dynamic(() => import("../usage/job-usage").then((module) => module.JobUsage), {
  ssr: false,
  loading: () => <div className="min-h-60" />,
});

function factsOf(project: string, job: JobDetail): KeyFact[] {
  const { run } = job.labels;
  const agent = job.agentId && job.agentName && <InlineLink href={`/${project}/compute/agents/${job.agentId}`}>{job.agentName}</InlineLink>;
  return [
    ...(run ? [{ label: "Run", value: <InlineLink href={`/${project}/experiments/runs/${run}`}>Open the run</InlineLink> }] : []),
    { label: "Submitted", value: <><RelativeTime at={job.submittedAt} /> by {job.submittedBy.name}</> },
    { label: "Waited", value: <StageTime job={job} tone="queued" /> },
    { label: "Ran", value: <StageTime job={job} tone="running" /> },
    { label: "Asks for", value: resourcesText(job.resources) },
    { label: "Agent", value: agent || "–" },
  ];
}

/** Over all attempts; runs on while the job is in such a stage. */
function StageTime({ job, tone }: { job: JobDetail; tone: Stage["tone"] }) {
  const stages = stagesOf(job).filter((stage) => stage.tone === tone && !stage.isEnd);
  const ended = stages.reduce((sum, stage) => sum + (stage.to === null ? 0 : stage.to - stage.from), 0);
  const open = stages.find((stage) => stage.to === null);
  if (open) return <Elapsed from={open.from - ended} />;
  return stages.length === 0 ? "–" : formatDuration(ended);
}

export type JobPageProps = {
  project: string;
  jobId: string;
  /** What another domain has to say of a job that runs. */
  notice?: ReactNode;
};

export function JobPage({ project, jobId, notice }: JobPageProps) {
  const { data: job, error, refetch } = useJob(project, jobId);
  if (error && !job) return <Failure title="The job could not be read" error={error} onRetry={() => void refetch()} />;
  if (!job) return null;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Jobs", href: `/${project}/compute` }, { label: job.name }]} />
      <PageHeader title={job.name} state={<JobStateBadge job={job} />} actions={<JobActions project={project} job={job} />} facts={factsOf(project, job)} />
      <div className="grid grid-cols-1 gap-4">
        <JobNotices project={project} job={job} />
        {job.state === "running" && notice}
        <JobTimeline job={job} />
        <JobOrder project={project} job={job} />
        <JobLog project={project} jobId={jobId} title="Log" height="min(30rem, 60dvh)" />
        {job.attempts.length > 0 && (
          <>
            <Section title="Usage">
              <JobUsage project={project} jobId={jobId} />
            </Section>
            <JobAttempts project={project} job={job} />
          </>
        )}
        <JobSpecView project={project} job={job} />
      </div>
    </>
  );
}

/** What a person must know first: why it waits, why it ended, or that nobody hears of it. */
function JobNotices({ project, job }: { project: string; job: JobDetail }) {
  const end = isFinished(job.state) && job.state !== "succeeded" ? endSentence(job) : null;
  const retried = !isFinished(job.state) && job.attempts.length > 0 && job.message ? job.message : null;
  return (
    <>
      {job.pending && <PendingNotice pending={job.pending} />}
      {retried && <Notice tone="warning">{retried}</Notice>}
      {job.outOfTouch && (
        <Notice tone="warning">
          Its agent has missed its heartbeats. The job may still run there; if the agent stays away, the job is queued again.
        </Notice>
      )}
      {end && (
        <Notice tone={job.state === "cancelled" ? "neutral" : "failed"}>
          {end.what} {end.next && (job.state !== "cancelled" || job.cause === "dependency_failed") && <span className="text-muted">{end.next}</span>}
        </Notice>
      )}
      {job.retryOf && (
        <Notice>
          This is another try of <InlineLink className="underline" href={`/${project}/compute/jobs/${job.retryOf}`}>an earlier job</InlineLink>.
        </Notice>
      )}
    </>
  );
}
