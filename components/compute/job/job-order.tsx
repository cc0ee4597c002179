import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import type { Dependency, JobDetail, JobLink } from "@/server/domains/compute/contract/job";
import { JobStateBadge } from "../job-state";

const listed = 12;

type JobsProps = { project: string; title: string; jobs: readonly JobLink[]; count: number; note?: (at: number) => string };

function Jobs({ project, title, jobs, count, note }: JobsProps) {
  if (count === 0) return null;
  const shown = jobs.slice(0, listed);
  return (
    <div className="min-w-0">
      <h3 className="text-label text-muted">{title}</h3>
      <ul className="grid gap-1 pt-1">
        {shown.map((job, at) => (
          <li key={job.jobId} className="flex flex-wrap items-center gap-x-2 text-table">
            <JobStateBadge job={{ state: job.state, cancelRequestedAt: null }} />
            <InlineLink href={`/${project}/compute/jobs/${job.jobId}`} className="truncate">{job.name}</InlineLink>
            {note && <span className="text-muted">{note(at)}</span>}
          </li>
        ))}
      </ul>
      {count > shown.length && <p className="pt-1 text-label text-muted">and {count - shown.length} more</p>}
    </div>
  );
}

const asked = ({ requires }: Dependency): string => (requires === "end" ? "in whatever way it ends" : "");

/** What the job runs after, and what runs after it. */
export function JobOrder({ project, job }: { project: string; job: JobDetail }) {
  if (job.after.length + job.followers.count === 0) return null;
  return (
    <Section title="Order">
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Jobs project={project} title="Runs after" jobs={job.after} count={job.after.length} note={(at) => (job.after[at] ? asked(job.after[at]) : "")} />
        <Jobs project={project} title="Then run" jobs={job.followers.first} count={job.followers.count} />
      </div>
    </Section>
  );
}
