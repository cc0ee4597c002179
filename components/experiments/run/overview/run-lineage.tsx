"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc/client";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { repeatsTag } from "@/server/domains/experiments/contract/again/again-words";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { compareHref, hexOf, runHref } from "../../run-identity";

const childrenShown = 20;

function RunLink({ project, runId }: { project: string; runId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.getRun.queryOptions({ project, runId }, { retry: false }));
  return <InlineLink href={runHref(project, runId)}>{data?.name ?? `${hexOf(runId).slice(0, 12)}…`}</InlineLink>;
}

/** What the run came from, and what it started. */
export function RunLineage({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const { data: children } = useQuery(
    trpc.experiments.searchRuns.queryOptions({
      project,
      filter: `tags.\`mlflow.parentRunId\` = '${hexOf(run.id)}'`,
      limit: childrenShown + 1,
    }),
  );
  const nested = children?.runs.filter((child) => child.parentRunId === run.id) ?? [];
  const { launch } = run;
  const items: { label: string; value: ReactNode }[] = [
    ...(run.parentRunId ? [{ label: "Part of", value: <RunLink project={project} runId={run.parentRunId} /> }] : []),
    ...(launch?.clonedFrom ? [{ label: run.tags.some(({ key }) => key === repeatsTag) ? "Repeats" : "Cloned from", value: <RunLink project={project} runId={launch.clonedFrom} /> }] : []),
    ...(launch ? [{ label: "Recipe", value: <InlineLink href={`/${project}/experiments/launch?recipe=${launch.recipe}`}>{`${launch.recipe} v${launch.version}`}</InlineLink> }] : []),
    ...(run.jobId ? [{ label: "Job", value: <InlineLink href={`/${project}/compute/jobs/${run.jobId}`}>The job that fills it</InlineLink> }] : []),
  ];
  if (items.length === 0 && nested.length === 0) return null;
  return (
    <Section
      title="Lineage"
      actions={nested.length > 1 && <InlineLink href={compareHref(project, nested.map((child) => child.id))}>Compare its runs</InlineLink>}
    >
      {items.length > 0 && <KeyValues items={items} />}
      {nested.length > 0 && (
        <ul aria-label="Nested runs" className="mt-2 grid gap-1">
          {nested.slice(0, childrenShown).map((child) => (
            <li key={child.id} className="flex items-center justify-between gap-3 text-table">
              <InlineLink href={runHref(project, child.id)} className="truncate">
                {child.name}
              </InlineLink>
              <StateBadge state={child.status} />
            </li>
          ))}
          {nested.length > childrenShown && <li className="text-label text-muted">and more: filter the runs by tags.mlflow.parentRunId</li>}
        </ul>
      )}
    </Section>
  );
}
