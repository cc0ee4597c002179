"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { looksApart } from "@/components/charts/colour-of";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { Segmented } from "@/components/ui/forms/segmented";
import { Switch } from "@/components/ui/forms/switch";
import { PageHeader } from "@/components/ui/layout/page-header";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { MetricSections } from "../charts/metric-sections";
import { Failure } from "../failure";
import { hexOf, isOpen, runIdOf } from "../run-identity";
import { comparedIds, compareSearch, distinctNames } from "./compare-query";
import { CompareTable } from "./compare-table";

const pollMs = 2_500;

const shownOptions = [
  { value: "last", label: "Last" },
  { value: "best", label: "Best" },
] as const;

const parsers = {
  runs: parseAsString.withDefault(""),
  base: parseAsString,
  show: parseAsStringLiteral(["last", "best"]).withDefault("last"),
  all: parseAsBoolean.withDefault(false),
};

function useCompared(project: string, ids: readonly string[]) {
  const trpc = useTRPC();
  const asked = trpc.experiments.searchRuns.queryOptions(compareSearch(project, ids), { enabled: ids.length > 0 });
  const query = useQuery({ ...asked, refetchInterval: ({ state }) => (state.data?.runs.some((run) => isOpen(run.status)) ? pollMs : false) });
  useLive(["experiments"], [asked.queryKey]);
  const runs = useMemo(() => distinctNames(ids.flatMap((id) => query.data?.runs.find((run) => run.id === id) ?? [])), [ids, query.data]);
  return { ...query, runs };
}

type Props = { project: string; /** Evaluations of the runs, the baseline first. */ judged: (runs: readonly RunView[]) => ReactNode };

export function ComparePage({ project, judged }: Props) {
  const [state, set] = useQueryStates(parsers, { history: "replace", shallow: true });
  const ids = useMemo(() => comparedIds(state.runs), [state.runs]);
  const { runs: found, error, refetch, isPending } = useCompared(project, ids);
  const baseline = found.find((run) => run.id === (state.base ? runIdOf(state.base) : null)) ?? found[0];
  const runs = useMemo(() => (baseline ? [baseline, ...found.filter((run) => run.id !== baseline.id)] : []), [found, baseline]);
  // In the order of the address: another baseline leaves each its colour.
  const looks = useMemo(() => looksApart(ids.map((id) => ({ id }))), [ids]);
  const charted = useMemo(
    () => runs.map((run) => ({ id: run.id, look: looks.get(run.id), name: run.name, counts: new Map(run.metrics.map(({ key, count }) => [key, count])) })),
    [runs, looks],
  );
  if (error) return <Failure title="The runs could not be read" error={error} onRetry={() => void refetch()} />;
  if (ids.length < 2 || !baseline)
    return isPending && ids.length > 1 ? null : <NothingToCompare project={project} />;
  const missing = ids.length - found.length;
  return (
    <>
      <PageCrumbs crumbs={[{ label: baseline.experimentName, href: `/${project}/experiments/${baseline.experimentNo}` }, { label: "Compare" }]} />
      <PageHeader
        title={`Compare ${runs.length} runs`}
        description="Differences of single runs carry no interval: whether one is real, evaluations of both on the same examples tell."
        actions={
          <>
            <Segmented label="Which value" options={shownOptions} value={state.show} onValueChange={(show) => void set({ show })} />
            <Switch label="All rows" checked={state.all} onChange={(event) => void set({ all: event.target.checked || null })} />
          </>
        }
      />
      {missing > 0 && (
        <Notice tone="warning" className="mb-3">
          {missing === 1 ? "One run of the link is" : `${missing} runs of the link are`} not in this project.
        </Notice>
      )}
      <CompareTable
        project={project}
        runs={runs}
        looks={looks}
        shown={state.show}
        all={state.all}
        onBaseline={(id) => void set({ base: hexOf(id) })}
        onRemove={(id) => void set({ runs: ids.filter((each) => each !== id).map(hexOf).join(",") }, { history: "push" })}
        onAll={() => void set({ all: true })}
      />
      {judged(runs)}
      <h2 className="mt-6 mb-3 text-heading">Curves</h2>
      <MetricSections project={project} runs={charted} baselineId={baseline.id} empty={<p className="text-muted">None of these runs logged a metric with steps.</p>} />
    </>
  );
}

function NothingToCompare({ project }: { project: string }) {
  return (
    <EmptyState title="Choose two runs or more" action={<ButtonLink href={`/${project}/experiments`}>Experiments</ButtonLink>}>
      Select runs in an experiment’s table and press Compare; up to 50 stand side by side.
    </EmptyState>
  );
}
