"use client";

import { type ReactNode, useMemo } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { Segmented } from "@/components/ui/forms/segmented";
import { Switch } from "@/components/ui/forms/switch";
import { PageHeader } from "@/components/ui/layout/page-header";
import { namedInAddress } from "@/server/domains/experiments/contract/compare-limits";
import { Failure } from "../failure";
import { AddToReport } from "../reports/add-to-report";
import { hexOf } from "../run-identity";
import { ComparedPart, ComparedTables, partOptions } from "./compare-parts";
import { askedOf, asksNothing } from "./compare-query";
import { useCompareState } from "./compare-state";
import { useKeepSet } from "./open-comparison";
import { datasetRow } from "./table/compare-rows";
import { type Compared, useComparison } from "./use-comparison";

const shownOptions = [
  { value: "last", label: "Last" },
  { value: "best", label: "Best" },
] as const;

/** Of few runs the page asks first whether their differences are real; of many, the pictures come first. */
const judgedUpTo = 5;

export type JudgedRun = { id: string; name: string };

type Props = { project: string; /** Evaluations of the runs, the baseline first. */ judged: (runs: readonly JudgedRun[]) => ReactNode };

export function ComparePage({ project, judged }: Props) {
  const [state] = useCompareState();
  const asked = useMemo(() => askedOf(state), [state]);
  const { compared, error, refetch, isPending } = useComparison(project, asked, state.base);
  if (error && !compared) return <Failure title="The runs could not be read" error={error} onRetry={() => void refetch()} />;
  if (asksNothing(asked)) return <NothingToCompare project={project} />;
  if (!compared) return isPending ? <PageSkeleton /> : <NothingToCompare project={project} />;
  return <Comparing compared={compared} judged={judged} />;
}

function Comparing({ compared, judged }: { compared: Compared; judged: Props["judged"] }) {
  const [state, set] = useCompareState();
  const { project, runs, order, baseline, missing } = compared;
  const keep = useKeepSet(project);
  const ordered = useMemo(() => order.flatMap((place) => runs[place] ?? []), [order, runs]);

  async function takeOut(id: string) {
    const left = runs.filter((run) => run.id !== id).map((run) => run.id);
    const kept = await keep(left);
    await set(kept ? { set: kept, runs: null } : { set: null, runs: left.map(hexOf).join(",") }, { history: "push" });
  }

  return (
    <>
      <PageCrumbs crumbs={[{ label: baseline.experimentName, href: `/${project}/experiments/${baseline.experimentNo}` }, { label: "Compare" }]} />
      <PageHeader
        title={`Compare ${runs.length} runs`}
        description="Differences of single runs carry no interval: whether one is real, repeats with other seeds or evaluations of both on the same examples tell."
        actions={
          <>
            <Segmented label="Which value" options={shownOptions} value={state.show} onValueChange={(show) => void set({ show })} />
            <AddToReport project={project} />
            <Switch label="All rows" checked={state.all} onChange={(event) => void set({ all: event.target.checked || null })} />
          </>
        }
      />
      {missing > 0 && (
        <Notice tone="warning" className="mb-3">
          {missing === 1 ? "One run of the link is" : `${missing} runs of the link are`} not in this project.
        </Notice>
      )}
      {datasetRow(compared.datasets, order)?.differs && (
        <Notice tone="warning" className="mb-3">
          These runs read different datasets: their metrics are of other rows, so the better number need not be the better model.
        </Notice>
      )}
      <ComparedTables compared={compared} onRemove={(id) => void takeOut(id)} />
      {runs.length <= judgedUpTo && judged(ordered)}
      <div className="mt-5 mb-3">
        <Segmented label="How they are compared" className="min-w-0" options={partOptions} value={state.part} onValueChange={(part) => void set({ part }, { history: "push" })} />
      </div>
      <ComparedPart compared={compared} part={state.part} shown={state.show} />
      {runs.length > judgedUpTo && judged(ordered)}
    </>
  );
}

function NothingToCompare({ project }: { project: string }) {
  return (
    <EmptyState title="Choose two runs or more" action={<ButtonLink href={`/${project}/experiments`}>Go to the experiments</ButtonLink>}>
      Tick runs in an experiment’s table and press Compare; up to 1,000 stand side by side. An address names up to {namedInAddress} of them; more are kept under a short id.
    </EmptyState>
  );
}
