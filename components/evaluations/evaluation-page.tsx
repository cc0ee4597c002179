"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { CalibrationChart, RocChart } from "@/components/charts/curves/curve-chart";
import { useTRPC } from "@/components/trpc/client";
import { formatCount } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationView } from "@/server/domains/evaluations/contract/evaluation";
import { metricNames } from "@/server/domains/evaluations/contract/result";
import { estimateText, methodWords, metricTitles } from "./metric-words";
import { SliceTable } from "./slice-table";

export function curvesOf(view: EvaluationView, label: string) {
  return {
    roc: { id: view.id, label, points: view.result.roc.map((point) => ({ x: point.falsePositiveRate, y: point.truePositiveRate })) },
    calibration: { id: view.id, label, points: view.result.calibration.map((bin) => ({ x: bin.meanScore, y: bin.observedRate, n: bin.rows })) },
  };
}

function factsOf(project: string, view: EvaluationView) {
  const method = view.result.overall.metrics.log_loss.method;
  return [
    ...metricNames.map((name) => ({ label: metricTitles[name], value: estimateText(view.result.overall.metrics[name]) })),
    { label: "Rows", value: `${formatCount(view.support.rows)}, ${formatCount(view.support.positives)} positive` },
    { label: "Intervals", value: `${method ? methodWords[method] : "none"}${view.support.clusters === null ? "" : `, ${view.support.clusters} clusters`}` },
    { label: "Made by", value: view.model.runId ? <InlineLink href={`/${project}/experiments/runs/${view.model.runId.replaceAll("-", "")}`}>its run</InlineLink> : view.createdBy },
    { label: "Evaluated", value: <RelativeTime at={view.createdAt} /> },
  ];
}

export function EvaluationPage({ project, evaluationId }: { project: string; evaluationId: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId }));
  const curves = useMemo(() => curvesOf(view, view.model.name), [view]);
  return (
    <>
      <PageHeader
        title={view.model.name}
        description={`Suite ${view.suite.name} v${view.suite.version} on ${view.dataset.name} v${view.dataset.version}. Log-loss of the base rate alone: ${view.result.baseRateLogLoss.toFixed(4)}.`}
        facts={factsOf(project, view)}
      />
      <div className="grid gap-4">
        <div className="grid gap-4 lg:grid-cols-2">
          <CalibrationChart curves={[curves.calibration]} description="15 bins of equal mass: what was said against what came." />
          <RocChart curves={[curves.roc]} />
        </div>
        <SliceTable result={view.result} />
      </div>
    </>
  );
}
