"use client";

import { parseAsInteger, useQueryStates } from "nuqs";
import { LogViewer } from "@/components/ui/log/log-viewer";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatCount } from "@/components/ui/format/format-number";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import type { JobDetail } from "@/server/domains/compute/contract/job";
import { Failure } from "../failure";
import { isFinished } from "../job-words";
import { useJob } from "../use-job";
import { useJobLog } from "./use-job-log";

export type JobLogProps = { project: string; jobId: string; title?: string; height?: string };

/** A job's log, live while it runs; of earlier attempts too. */
export function JobLog({ project, jobId, title, height }: JobLogProps) {
  const { data: job } = useJob(project, jobId);
  const [{ attempt }, set] = useQueryStates({ attempt: parseAsInteger, line: parseAsInteger });
  if (!job) return null;
  const shown = job.attempts.some((each) => each.number === attempt) && attempt !== null ? attempt : job.attempt;
  return (
    <div className="grid grid-cols-1 gap-2">
      {(title || job.attempts.length > 1) && (
        <div className="flex min-h-7 items-center gap-3">
          {title && <h2 className="text-body">{title}</h2>}
          {job.attempts.length > 1 && <AttemptChoice job={job} shown={shown} choose={(value) => void set({ attempt: value, line: null })} />}
        </div>
      )}
      <AttemptLog key={shown} project={project} job={job} attempt={shown} height={height} />
    </div>
  );
}

/** More than these do not fit beside each other on a phone. */
const mostTabs = 3;

function AttemptChoice({ job, shown, choose }: { job: JobDetail; shown: number; choose: (attempt: number) => void }) {
  const options = job.attempts.map(({ number }) => ({ value: String(number), label: `Attempt ${number}` }));
  if (options.length <= mostTabs) return <Segmented label="Attempt" options={options} value={String(shown)} onValueChange={(value) => choose(Number(value))} />;
  return <span className="w-36"><Select aria-label="Attempt" options={options} value={String(shown)} onChange={(event) => choose(Number(event.target.value))} /></span>;
}

function emptyText(job: JobDetail, expired: boolean): string {
  if (expired) return "This log is past its time and was removed.";
  if (job.attempt === 0) return isFinished(job.state) ? "The job never started, so it printed nothing." : "The job waits. Its log appears here, live, once it starts.";
  return isFinished(job.state) ? "The job printed nothing." : "Nothing printed yet.";
}

type AttemptLogProps = { project: string; job: JobDetail; attempt: number; height?: string };

function AttemptLog({ project, job, attempt, height }: AttemptLogProps) {
  const [{ line }] = useQueryStates({ line: parseAsInteger });
  const { data: log, error, refetch, isFetching } = useJobLog(project, job.id, attempt);
  const live = !isFinished(job.state) && attempt === job.attempt;
  if (error && !log) return <Failure title="The log could not be read" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const loading = attempt > 0 && !log;
  const lines = log?.lines ?? [];
  const isOver = !live && log !== undefined;
  // A viewer of full height is for what is printed or may be at any moment; one line says that nothing is, or not yet.
  if (lines.length === 0 && (attempt === 0 || isOver))
    return <p className="rounded-lg border border-line bg-panel px-4 py-2.5 text-muted text-table">{emptyText(job, log?.expired ?? false)}</p>;
  return (
    <LogViewer
      label={`Log of ${job.name}`}
      lines={lines}
      live={live}
      markedLine={line ?? undefined}
      hrefOfLine={(n) => `?attempt=${attempt}&line=${n}`}
      downloadHref={lines.length > 0 ? `/api/v1/jobs/${job.id}/log?project=${project}&attempt=${attempt}` : undefined}
      note={log && lines.length > 0 ? `${formatCount(lines.length)} lines, ${formatBytes(log.size)}` : undefined}
      empty={loading ? "Reading…" : emptyText(job, log?.expired ?? false)}
      height={height ?? "max(20rem, calc(100dvh - 22rem))"}
    />
  );
}
