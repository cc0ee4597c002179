"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import type { SeriesLook } from "@/components/charts/colour-of";
import { CalibrationChart, RocChart } from "@/components/charts/curves/curve-chart";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { formatCount } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationView } from "@/server/domains/evaluations/contract/evaluation";
import { metricNames } from "@/server/domains/evaluations/contract/metric-names";
import { CompareWith } from "./comparison/compare-with";
import { ComparisonList } from "./comparison/comparison-list";
import { estimateText, methodWords, metricTitles } from "./metric-words";
import { SkewNotice } from "./skew-notice";
import { SliceTable } from "./slice-table";

/** In the colour of the run that made the model, unless whoever shows several gave it another look. */
export function curvesOf(view: EvaluationView, label: string, look?: SeriesLook) {
  const own = { id: view.id, colourId: view.model.runId ?? view.model.id, label, look };
  return {
    roc: {
      ...own,
      points: view.result.roc.map((point) => ({ x: point.falsePositiveRate, y: point.truePositiveRate })),
    },
    calibration: {
      ...own,
      points: view.result.calibration.map((bin) => ({ x: bin.meanScore, y: bin.observedRate, n: bin.rows })),
    },
  };
}

const runLink = (project: string, runId: string, text: string) => (
  <InlineLink className="underline" href={`/${project}/experiments/runs/${runId.replaceAll("-", "")}`}>{text}</InlineLink>
);

/** How the intervals come about: AUC's method may be another than that of the losses. */
function intervalWords({ result, support }: EvaluationView): string {
  const methods = [...new Set(metricNames.flatMap((name) => result.overall.metrics[name].method ?? []))].map(
    (method) => methodWords[method] ?? method,
  );
  const clusters =
    support.clusters === null ? "rows taken as independent" : `${formatCount(support.clusters)} clusters`;
  return methods.length === 0 ? "none: too little evidence" : `95%, ${methods.join(", ")}, ${clusters}`;
}

function factsOf(view: EvaluationView, registeredAs: ReactNode) {
  return [
    ...metricNames.map((name) => ({
      label: metricTitles[name],
      value: estimateText(view.result.overall.metrics[name]),
    })),
    { label: "Rows", value: `${formatCount(view.support.rows)}, ${formatCount(view.support.positives)} positive` },
    { label: "Registered as", value: registeredAs },
  ];
}

/** Where model and scores come from. */
function Provenance({ project, view: { model, scoringRunId, createdAt, createdBy } }: { project: string; view: EvaluationView }) {
  return (
    <span className="block text-label first-letter:uppercase">
      {model.runId && <>Model of {runLink(project, model.runId, "its run")}, </>}
      {scoringRunId && <>scored by {runLink(project, scoringRunId, "a scoring run")}, </>}
      evaluated <RelativeTime at={createdAt} /> by {createdBy}{/[.?!]$/.test(createdBy) ? "" : "."}
    </span>
  );
}

/** Whether it knows more than the base rate, in one sentence. */
function sentenceOf({ result }: EvaluationView): string {
  const { value, low, high } = result.overall.metrics.log_loss;
  const base = result.baseRateLogLoss;
  if (value === null) return "Its log-loss is not defined here.";
  const word =
    high !== null && high < base
      ? "Better than"
      : low !== null && low > base
        ? "Worse than"
        : "Not distinguishable from";
  return `${word} the base rate alone, whose log-loss is ${base.toFixed(4)}.`;
}

type Props = { project: string; evaluationId: string; registeredAs: (loggedModelId: string) => ReactNode };

export function EvaluationPage({ project, evaluationId, registeredAs }: Props) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId }));
  const curves = useMemo(() => curvesOf(view, view.model.name), [view]);
  return (
    <>
      <PageCrumbs crumbs={[{ label: view.model.name }]} />
      <PageHeader
        title={view.model.name}
        description={
          <>
            Suite {view.suite.name} v{view.suite.version} on{" "}
            <InlineLink className="underline" href={`/${project}/catalog/datasets/${view.dataset.id}`}>
              {view.dataset.name} v{view.dataset.version}
            </InlineLink>
            , split {view.definition.split}. {sentenceOf(view)}
            <Provenance project={project} view={view} />
          </>
        }
        facts={factsOf(view, registeredAs(view.model.id))}
        actions={<CompareWith project={project} view={view} />}
      />
      <div className="grid gap-4">
        <SkewNotice project={project} evaluation={view} />
        <div className="grid gap-4 lg:grid-cols-2">
          <CalibrationChart
            curves={[curves.calibration]}
            description="15 bins of equal mass: what was said against what came."
          />
          <RocChart curves={[curves.roc]} description="Of those that came, how many are found, at which share of false alarms." />
        </div>
        <SliceTable result={view.result} intervals={intervalWords(view)} />
        <ComparisonList project={project} evaluationId={evaluationId} className="" />
      </div>
    </>
  );
}
