"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { TaskRow } from "@/components/ui/layout/task-row";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { Changes } from "./changes";
import { ExampleProgress } from "./example-progress";

const row = "flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0";

function Quiet({ children }: { children: ReactNode }) {
  return <p className="px-4 py-2 text-muted">{children}</p>;
}

const snippet = (origin: string) => `pip install mlflow-skinny

export MLFLOW_TRACKING_URI=${origin}
export MLFLOW_TRACKING_TOKEN=<a token from Settings>
python -c "import mlflow; mlflow.log_metric('loss', 0.1)"`;

function useHomeData(project: string) {
  const trpc = useTRPC();
  const queries = [
    trpc.models.listPromotions.queryOptions({ project, state: "pending" }),
    trpc.compute.listJobs.queryOptions({ project, limit: 30 }),
    trpc.models.listModels.queryOptions({ project, limit: 50 }),
  ] as const;
  const [promotions, jobs, models] = useSuspenseQueries({ queries });
  useLive(
    ["promotions", "jobs", "models"],
    queries.map((query) => query.queryKey),
  );
  return { promotions: promotions.data, jobs: jobs.data.jobs, models: models.data.models };
}

type HomeData = ReturnType<typeof useHomeData>;

function NeedsYou({
  project,
  promotions,
  jobs,
  alerts,
  openAlerts,
  lastAlert,
}: { project: string; alerts: ReactNode; openAlerts: number; lastAlert: ReactNode } & Pick<HomeData, "promotions" | "jobs">) {
  const dayAgo = Date.now() - 86_400_000;
  const failed = jobs
    .filter((job) => ["failed", "timed_out", "lost"].includes(job.state) && (job.finishedAt?.getTime() ?? 0) > dayAgo)
    .slice(0, 5);
  return (
    <Section title="Needs you" flush>
      <ul>
        {promotions.map((promotion) => (
          <TaskRow
            key={promotion.id}
            state={<StateBadge state="pending" word="approval" />}
            action={
              <ButtonLink
                size="sm"
                href={`/${project}/models/${encodeURIComponent(promotion.model)}?version=${promotion.version}`}
              >
                Review
              </ButtonLink>
            }
          >
            {promotion.model} v{promotion.version} → {promotion.alias}
            <span className="text-muted">
              {" "}
              · asked by {promotion.requestedBy} <RelativeTime at={promotion.createdAt} />
            </span>
          </TaskRow>
        ))}
        {alerts}
        {failed.map((job) => (
          <TaskRow
            key={job.id}
            state={<StateBadge state={job.state} />}
            action={
              <ButtonLink size="sm" href={`/${project}/compute/jobs/${job.id}`}>
                Open
              </ButtonLink>
            }
          >
            {job.name}
            <span className="text-muted"> · {job.message}</span>
          </TaskRow>
        ))}
      </ul>
      {promotions.length + failed.length + openAlerts === 0 && (
        <Quiet>No approval waits, no alert is open, and no job failed in the last day.{lastAlert}</Quiet>
      )}
    </Section>
  );
}

type RunningProps = { project: string; waits?: (jobId: string) => string | null } & Pick<HomeData, "jobs">;

/** One that rests counts no time that would look like its rest's. */
function Since({ job, isResting }: { job: HomeData["jobs"][number]; isResting: boolean }) {
  if (job.startedAt === null) return <RelativeTime at={job.submittedAt} prefix="since" />;
  return isResting ? <RelativeTime at={job.startedAt} prefix="started" /> : <Elapsed from={job.startedAt} />;
}

function Running({ project, jobs, waits }: RunningProps) {
  const open = jobs.filter((job) => ["queued", "preparing", "running"].includes(job.state));
  return (
    <Section title="Running" actions={<InlineLink href={`/${project}/compute`}>Compute</InlineLink>} flush>
      <ul>
        {open.map((job) => ({ job, why: job.state === "running" ? (waits?.(job.id) ?? null) : null })).map(({ job, why }) => (
          <li key={job.id} className={row}>
            {why === null ? <StateBadge state={job.state} /> : <StateBadge state="paused" word="waits" />}
            <InlineLink href={`/${project}/compute/jobs/${job.id}`}>{job.name}</InlineLink>
            {why !== null && <span className="min-w-0 text-muted">{why}</span>}
            <span className="ml-auto text-muted tabular-nums">
              <Since job={job} isResting={why !== null} />
            </span>
          </li>
        ))}
      </ul>
      {open.length === 0 && <Quiet>Nothing runs and nothing waits.</Quiet>}
    </Section>
  );
}

type LiveProps = { project: string; health?: (model: string) => ReactNode } & Pick<HomeData, "models">;

function Live({ project, models, health }: LiveProps) {
  const live = models.flatMap((model) =>
    model.aliases.filter((item) => item.alias === "champion").map((item) => ({ model, ...item })),
  );
  return (
    <Section title="Live" flush>
      <ul>
        {live.map(({ model, version, since }) => (
          <li key={model.id} className={row}>
            <StateBadge state="serving" />
            <InlineLink href={`/${project}/models/${encodeURIComponent(model.name)}`}>{model.name}</InlineLink>
            <span>
              champion v{version}{" "}
              <span className="text-muted">
                since <RelativeTime at={since} />
              </span>
            </span>
            {health?.(model.name)}
          </li>
        ))}
      </ul>
      {live.length === 0 && <Quiet>No champion serves yet.</Quiet>}
    </Section>
  );
}

export type HomePageProps = {
  project: string;
  origin: string;
  alerts?: ReactNode;
  openAlerts?: number;
  /** Said beside "no alert is open": which was the last. */
  lastAlert?: ReactNode;
  health?: LiveProps["health"];
  /** Why a running job does nothing now. */
  waits?: RunningProps["waits"];
};

export function HomePage({ project, origin, alerts, openAlerts = 0, lastAlert, health, waits }: HomePageProps) {
  const data = useHomeData(project);
  const isNew = data.jobs.length === 0 && data.models.length === 0;
  return (
    <div className="grid gap-4">
      <ExampleProgress project={project} done={false} />
      {isNew && (
        <EmptyState
          title="This project is new"
          snippets={[{ label: "Log a first run", code: snippet(origin) }]}
          action={
            <ButtonLink variant="primary" href={`/${project}/settings/tokens`}>
              Make a token
            </ButtonLink>
          }
        >
          An existing MLflow script works after two environment variables; its run shows up here while it goes.
        </EmptyState>
      )}
      <NeedsYou project={project} promotions={data.promotions} jobs={data.jobs} alerts={alerts} openAlerts={openAlerts} lastAlert={lastAlert} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Running project={project} jobs={data.jobs} waits={waits} />
        <Live project={project} models={data.models} health={health} />
      </div>
      <Changes project={project} />
      <ExampleProgress project={project} done />
    </div>
  );
}
