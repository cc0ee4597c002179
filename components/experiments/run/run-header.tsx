"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import type { ReactNode } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { colourVar } from "@/components/charts/colour-of";
import { Badge } from "@/components/ui/feedback/badge";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatMoney } from "@/components/ui/format/format-money";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { type KeyFact, PageHeader } from "@/components/ui/layout/page-header";
import { Tabs } from "@/components/ui/layout/tabs";
import { Elapsed } from "@/components/ui/text/elapsed";
import { LiveNumber } from "@/components/ui/text/live-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { BetterEnd, MetricSummary, RunDetail } from "@/server/domains/experiments/contract/run";
import { sweepTag, trialTag } from "@/server/domains/experiments/contract/sweep-words";
import { betterEnd } from "../metrics/better-end";
import { formatMetric, metricDigits } from "../metrics/metric-format";
import { rankMetrics } from "../metrics/rank-metrics";
import { isOpen, runHref } from "../run-identity";
import { sweepHref } from "../sweeps/view/sweep-words";
import { missingMetrics, promisedMetric } from "./promised-metric";
import { RunActions } from "./run-actions";
import { useRun } from "./use-run";

const keyMetrics = 4;

const tabs = [
  ["charts", "Charts"],
  ["overview", "Overview"],
  ["logs", "Logs"],
  ["system", "System"],
  ["artifacts", "Artifacts"],
  ["code", "Code & environment"],
] as const;

function MetricFact({ metric, end, unit }: { metric: MetricSummary; end: BetterEnd | null; unit: string }) {
  const { lastValue, minValue, maxValue, minStep, maxStep, count } = metric;
  const digits = metricDigits([lastValue, minValue, maxValue]);
  const best = end === "max" ? maxValue : end === "min" ? minValue : null;
  return (
    <span className="inline-flex items-baseline gap-2">
      <LiveNumber text={formatMetric(lastValue, digits)} className="-ml-0.5 font-medium text-heading" />
      {unit && <span className="-ml-1 text-label text-muted">{unit}</span>}
      {best !== null && count > 1 && (
        <span className="text-label text-muted">
          best {formatMetric(best, digits)} at {end === "max" ? maxStep : minStep}
        </span>
      )}
    </span>
  );
}

/** A trial leads to its sweep, and so does the run above them all. */
function sweepFacts(project: string, { tags }: RunDetail): KeyFact[] {
  const sweepId = tags.find(({ key }) => key === sweepTag)?.value;
  const number = tags.find(({ key }) => key === trialTag)?.value;
  if (sweepId === undefined || !/^[0-9a-f-]{36}$/.test(sweepId)) return [];
  return [{ label: "Sweep", value: <InlineLink href={sweepHref(project, sweepId)}>{number === undefined ? "all its runs" : `trial #${number}`}</InlineLink> }];
}

function factsOf(project: string, run: RunDetail): KeyFact[] {
  const ranked = rankMetrics(run.metrics.map(({ key, count }) => ({ ...promisedMetric(run, key), runs: 1, points: count })));
  const judging = ranked.filter((metric) => betterEnd(metric) !== null);
  const shown = (judging.length > 0 ? judging : ranked).slice(0, keyMetrics).flatMap(({ key }) => run.metrics.find((metric) => metric.key === key) ?? []);
  return [
    ...shown.map((metric) => ({
      label: metric.key,
      value: <MetricFact metric={metric} end={betterEnd(promisedMetric(run, metric.key))} unit={run.promises?.metrics.find(({ key }) => key === metric.key)?.unit ?? ""} />,
    })),
    { label: "Experiment", value: <InlineLink href={`/${project}/experiments/${run.experimentNo}`}>{run.experimentName}</InlineLink> },
    // Until its job starts, a launched run holds the time of its launch.
    { label: run.status === "SCHEDULED" ? "Launched" : "Started", value: <RelativeTime at={run.startTime} /> },
    {
      label: run.status === "SCHEDULED" ? "Waits" : "Duration",
      value: run.startTime !== null && (run.endTime !== null || isOpen(run.status)) ? <Elapsed from={run.startTime} to={run.endTime} /> : "–",
    },
    ...(run.cost ? [{ label: "Cost", value: <span data-tip="The time of its attempts on what they held, at the prices that stand now">{formatMoney(run.cost.amount, run.cost.currency)}</span> }] : []),
    ...sweepFacts(project, run),
    ...(run.userName ? [{ label: "By", value: run.userName }] : []),
  ];
}

export type RunHeaderProps = { project: string; runId: string; modelActions?: ReactNode };

export function RunHeader({ project, runId, modelActions }: RunHeaderProps) {
  const { data: run } = useRun(project, runId);
  const current = useSelectedLayoutSegment() ?? "charts";
  if (!run) return null;
  const missing = run.status === "FINISHED" ? missingMetrics(run) : [];
  return (
    <>
      <PageCrumbs crumbs={[{ label: run.experimentName, href: `/${project}/experiments/${run.experimentNo}` }, { label: run.name }]} />
      <PageHeader
        title={
          <span className="inline-flex items-center gap-2.5">
            <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: colourVar(run.id) }} />
            {run.name}
          </span>
        }
        state={
          <>
            <StateBadge state={run.status} />
            {run.lifecycleStage === "deleted" && <Badge tone="cancelled">deleted</Badge>}
          </>
        }
        actions={<RunActions project={project} run={run} modelActions={modelActions} />}
        facts={factsOf(project, run)}
        tabs={<Tabs label="Parts of the run" current={current} tabs={tabs.map(([key, label]) => ({ key, label, href: runHref(project, runId, key === "charts" ? "" : key) }))} />}
      />
      {missing.length > 0 && (
        <Notice tone="warning" className="mb-4">
          It ended well without logging {missing.join(", ")}, which its recipe promises.
        </Notice>
      )}
      {run.failure && run.status !== "FINISHED" && (
        <Notice
          tone={run.status === "KILLED" ? "neutral" : "failed"}
          className="mb-4"
          action={run.jobId && current !== "logs" && <InlineLink href={runHref(project, runId, "logs")}>Read the log</InlineLink>}
        >
          {run.failure}
        </Notice>
      )}
    </>
  );
}
