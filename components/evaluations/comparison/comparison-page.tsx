"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { looksApart } from "@/components/charts/colour-of";
import { CalibrationChart, RocChart } from "@/components/charts/curves/curve-chart";
import { ForestPlot } from "@/components/charts/intervals/forest-plot";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { formatDifference, formatSigned } from "@/components/ui/format/format-difference";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import type { ComparisonView } from "@/server/domains/evaluations/contract/evaluation";
import { metricNames } from "@/server/domains/evaluations/contract/metric-names";
import { curvesOf } from "../evaluation-page";
import { methodWords, metricTitles } from "../metric-words";
import { SkewNotice } from "../skew-notice";
import { Disagreements } from "./disagreements";
import { verdictWords } from "./verdict-word";

/** The one sentence a reader came for. */
export function comparisonSentence({ candidate, baseline, result }: ComparisonView): string {
  const { value, low, high, word } = result.overall.differences.log_loss;
  const difference =
    value === null
      ? ""
      : ` (log-loss ${formatDifference(value, low === null || high === null ? undefined : { low, high }, 4)})`;
  const verbs = {
    better: "is better than",
    worse: "is worse than",
    not_distinguishable: "can't be told from",
    too_little_evidence: "has too little evidence against",
  };
  const worse = result.slices
    .filter((slice) => slice.word === "worse")
    .map(({ slice }) => `${slice.name} ${slice.label}`);
  return `${candidate.model.name} ${verbs[word]} ${baseline.model.name}${difference}${worse.length > 0 ? `, and is worse for ${worse.join(", ")}` : ", and is worse for no slice"}.`;
}

function harmTolerance({ definition }: ComparisonView) {
  const rule = definition.gate.slices;
  return rule.rule === "harm"
    ? { value: rule.tolerance, label: "harm threshold" }
    : { value: rule.margin, label: "margin" };
}

/** The one-sided 95 % upper end: more harm than that is ruled out. */
const boundOf = (upper: number | null) =>
  upper === null ? "any" : upper > 0 ? `up to ${formatSigned(upper, 4)}` : "none";

const leavesOutZero = ({ low, high }: { low: number | null; high: number | null }) =>
  low !== null && high !== null && (low > 0 || high < 0);

/** Its own interval leaves out 0, but not once all judged slices count: the row says so. */
function sliceWord({ word, differences }: ComparisonView["result"]["slices"][number]): string {
  const isOnlyHolm = word === "not_distinguishable" && leavesOutZero(differences.log_loss);
  return isOnlyHolm ? `${verdictWords[word]} after Holm` : verdictWords[word];
}

function forestRows({ result }: ComparisonView) {
  const overall = result.overall.differences.log_loss;
  const rows = result.slices.map((slice) => {
    const d = slice.differences.log_loss;
    return {
      id: `${slice.slice.name} ${slice.slice.label}`,
      label: `${slice.slice.name} ${slice.slice.label}`,
      estimate: d.value,
      low: d.low,
      high: d.high,
      n: slice.support.rows,
      clusters: slice.support.clusters ?? undefined,
      verdict: sliceWord(slice),
      bound: boundOf(slice.upperEnd),
    };
  });
  return [
    {
      id: "all",
      label: "All rows",
      estimate: overall.value,
      low: overall.low,
      high: overall.high,
      n: result.overall.support.rows,
      clusters: result.overall.support.clusters ?? undefined,
      verdict: verdictWords[overall.word],
      overall: true,
    },
    ...rows,
  ];
}

function factsOf(view: ComparisonView) {
  return metricNames.map((name) => {
    const { value, low, high, word } = view.result.overall.differences[name];
    const text =
      value === null
        ? "not defined"
        : formatDifference(value, low === null || high === null ? undefined : { low, high }, 4);
    return {
      label: `Δ ${metricTitles[name]}`,
      value: (
        <>
          {text} <span className="text-muted">{verdictWords[word]}</span>
        </>
      ),
    };
  });
}

function Overlays({ project, view }: { project: string; view: ComparisonView }) {
  const trpc = useTRPC();
  const candidate = useQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId: view.candidate.id }));
  const baseline = useQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId: view.baseline.id }));
  const curves = useMemo(() => {
    const read = [baseline.data, candidate.data].flatMap((side) => side ?? []);
    const looks = looksApart(read.map(({ id, model }) => ({ id, colourId: model.runId ?? model.id })));
    const sides = read.map((side) => curvesOf(side, side.model.name, looks.get(side.id)));
    return { roc: sides.map((side) => side.roc), calibration: sides.map((side) => side.calibration) };
  }, [baseline.data, candidate.data]);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <CalibrationChart curves={curves.calibration} loading={candidate.isPending || baseline.isPending} />
      <RocChart curves={curves.roc} loading={candidate.isPending || baseline.isPending} />
    </div>
  );
}

export function ComparisonPage({ project, comparisonId }: { project: string; comparisonId: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery(trpc.evaluations.getComparison.queryOptions({ project, comparisonId }));
  const rows = useMemo(() => forestRows(view), [view]);
  const method = view.result.overall.differences.log_loss.method;
  return (
    <>
      <PageCrumbs crumbs={[{ label: `${view.candidate.model.name} against ${view.baseline.model.name}` }]} />
      <PageHeader
        title={`${view.candidate.model.name} against ${view.baseline.model.name}`}
        description={comparisonSentence(view)}
        facts={factsOf(view)}
      />
      <div className="grid gap-4">
        <SkewNotice project={project} evaluation={view.candidate} />
        <SkewNotice project={project} evaluation={view.baseline} />
        <ForestPlot
          title="Paired difference in log-loss"
          description={
            <>
              Candidate − baseline on the same rows; below 0 is better. Each interval is the row's own
              {method ? ` (${methodWords[method]})` : ""}. A slice's verdict is of a one-sided test whose p is adjusted
              by Holm, of a gated slice for the gated ones, else for all that are judged, so that an interval can leave out 0 where the slice is not distinguishable.
              See each side:{" "}
              <InlineLink className="underline" href={`/${project}/evaluations/${view.candidate.id}`}>
                candidate
              </InlineLink>
              ,{" "}
              <InlineLink className="underline" href={`/${project}/evaluations/${view.baseline.id}`}>
                baseline
              </InlineLink>
              .
            </>
          }
          rows={rows}
          goodWhen="lower"
          boundName="Harm not ruled out"
          threshold={harmTolerance(view)}
        />
        <Overlays project={project} view={view} />
        <Disagreements
          project={project}
          comparisonId={comparisonId}
          candidate={view.candidate.model.name}
          baseline={view.baseline.model.name}
        />
      </div>
    </>
  );
}
