"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { SweepSummary } from "@/server/domains/experiments/contract/sweep";
import { Failure } from "../../failure";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { launchedOf, prunerWords, samplerWords, sweepHref } from "../view/sweep-words";

const bestOf = ({ best }: SweepSummary) => (best ? formatMetric(best.value, metricDigits([best.value])) : "–");

const columns: DataColumn<SweepSummary>[] = [
  { key: "name", header: "Sweep", width: 210, cell: (row) => row.name, value: (row) => row.name },
  { key: "state", header: "State", width: 110, cell: (row) => <StateBadge state={row.state} reason={row.reason ?? undefined} />, value: (row) => row.state },
  {
    key: "progress",
    header: "Runs",
    width: 150,
    cell: (row) => (
      <span className="grid grid-cols-[minmax(0,1fr)_4rem] items-center gap-2">
        <Progress label={`Runs of ${row.name}`} value={launchedOf(row).done / row.spec.budget.runs} hideValue />
        <span className="text-label text-muted">
          {launchedOf(row).done} / {row.spec.budget.runs}
        </span>
      </span>
    ),
    value: (row) => launchedOf(row).done,
  },
  { key: "objective", header: "Objective", width: 190, cell: (row) => `${row.spec.objective.direction} ${row.spec.objective.metric}`, value: (row) => row.spec.objective.metric },
  { key: "best", header: "Best", width: 90, align: "right", cell: bestOf, value: (row) => row.best?.value },
  { key: "recipe", header: "Recipe", width: 100, cell: (row) => `${row.recipe} v${row.version}`, value: (row) => `${row.recipe}@${row.version}` },
  { key: "method", header: "Method", width: 110, cell: (row) => [samplerWords[row.spec.sampler.kind], ...(row.spec.pruner.kind === "none" ? [] : [prunerWords[row.spec.pruner.kind]])].join(", "), value: (row) => row.spec.sampler.kind },
  { key: "by", header: "By", width: 100, cell: (row) => row.createdBy, value: (row) => row.createdBy },
  { key: "created", header: "Launched", width: 100, align: "right", cell: (row) => <RelativeTime at={row.createdAt} />, value: (row) => row.createdAt.toISOString() },
];

/** Newest first. */
export function SweepsList({ project, experimentNo }: { project: string; experimentNo: number }) {
  const trpc = useTRPC();
  const state = useTableState();
  const asked = trpc.experiments.listSweeps.infiniteQueryOptions({ project, experimentNo }, { getNextPageParam: (page) => page.nextCursor });
  const pages = useInfiniteQuery(asked);
  useLive(["sweeps"], [asked.queryKey]);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.sweeps) ?? [], [pages.data]);
  return (
    <DataTable
      label="Sweeps"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowHref={(row) => sweepHref(project, row.id)}
      state={state}
      loading={pages.isPending}
      error={pages.error && <Failure title="The sweeps could not be read" error={pages.error} onRetry={() => void pages.refetch()} />}
      empty={
        <EmptyState title="No sweep in this experiment yet" action={<ButtonLink href={`/${project}/experiments/launch`}>Choose a recipe</ButtonLink>}>
          A sweep launches a recipe many times over a space of parameters and learns from each run where to look next.
        </EmptyState>
      }
      hasNextPage={pages.hasNextPage}
      isFetchingNextPage={pages.isFetchingNextPage}
      fetchNextPage={pages.fetchNextPage}
      card={(row) => (
        <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
          <span className="truncate font-medium">{row.name}</span>
          <StateBadge state={row.state} />
          <span className="text-label text-muted">
            {row.spec.objective.metric} {bestOf(row)}
          </span>
          <span className="text-label text-muted">
            {launchedOf(row).done} of {row.spec.budget.runs} runs
          </span>
        </span>
      )}
    />
  );
}
