"use client";

import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { Notice } from "@/components/ui/feedback/notice";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatMoney } from "@/components/ui/format/format-money";
import { formatCount } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { type KeyFact, PageHeader } from "@/components/ui/layout/page-header";
import { LiveNumber } from "@/components/ui/text/live-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { SweepView } from "@/server/domains/experiments/contract/sweep";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { runHref } from "../../run-identity";
import { SweepActions } from "./sweep-actions";
import { launchedOf, prunerWords, samplerWords, sweepHref } from "./sweep-words";

function Standing({ sweep }: { sweep: SweepView }) {
  const { counts, spec } = sweep;
  const { open, done } = launchedOf(sweep);
  const parts = [
    ...(open > 0 ? [`${open} under way`] : []),
    ...(counts.pruned > 0 ? [`${counts.pruned} pruned`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.cancelled > 0 ? [`${counts.cancelled} cancelled`] : []),
  ];
  return (
    <span className="grid w-56 max-w-full gap-1">
      <span className="whitespace-nowrap">
        {formatCount(done)} of {formatCount(spec.budget.runs)} runs{" "}
        {parts.length > 0 && <span className="text-label text-muted">{parts.join(" · ")}</span>}
      </span>
      <Progress label="Runs done" value={done / spec.budget.runs} hideValue />
    </span>
  );
}

/** At the prices that stand now; nothing where there are none. */
function costFacts({ cost, spec }: SweepView): KeyFact[] {
  if (!cost) return [];
  const most = spec.budget.cost;
  return [{ label: "Cost", value: `${formatMoney(cost.amount, cost.currency)}${most === null ? "" : ` of ${formatMoney(most, cost.currency)}`}` }];
}

function factsOf(project: string, sweep: SweepView): KeyFact[] {
  const { spec, best } = sweep;
  const { metric, direction, of } = spec.objective;
  return [
    {
      label: `Best ${metric}`,
      value: best ? (
        <span className="inline-flex items-baseline gap-2">
          <LiveNumber text={formatMetric(best.value, metricDigits([best.value]))} className="-ml-0.5 font-medium text-heading" />
          <InlineLink href={runHref(project, best.runId)} className="text-label">
            run #{best.number}
          </InlineLink>
        </span>
      ) : (
        "–"
      ),
    },
    { label: "Progress", value: <Standing sweep={sweep} /> },
    { label: "Objective", value: `${direction} ${of === "best" ? "each run’s best" : "the last"} ${metric}` },
    { label: "Sampler", value: `${samplerWords[spec.sampler.kind]}, seed ${spec.seed}` },
    ...(spec.pruner.kind === "none" ? [] : [{ label: "Pruner", value: prunerWords[spec.pruner.kind] }]),
    { label: "At once", value: spec.parallelism },
    { label: "Run time", value: `${formatDuration(sweep.hoursUsed * 3_600_000)}${spec.budget.hours === null ? "" : ` of ${formatDuration(spec.budget.hours * 3_600_000)}`}` },
    ...costFacts(sweep),
    { label: "Recipe", value: <InlineLink href={`/${project}/experiments/launch?recipe=${sweep.recipe}`}>{`${sweep.recipe} v${sweep.version}`}</InlineLink> },
    ...(sweep.startFrom ? [{ label: "Started from", value: <InlineLink href={sweepHref(project, sweep.startFrom.id)}>{`${sweep.startRuns} runs of ${sweep.startFrom.name}`}</InlineLink> }] : []),
    { label: "Launched", value: <RelativeTime at={sweep.createdAt} /> },
    { label: "By", value: sweep.createdBy },
  ];
}

export function SweepHeader({ project, sweep }: { project: string; sweep: SweepView }) {
  const experiment = `/${project}/experiments/${sweep.experimentNo}`;
  const isBroken = sweep.fault !== null && sweep.reason !== null && (sweep.state === "stopping" || sweep.state === "stopped");
  return (
    <>
      <PageCrumbs
        crumbs={[
          { label: sweep.experimentName, href: experiment },
          { label: "Sweeps", href: `${experiment}/sweeps` },
          { label: sweep.name },
        ]}
      />
      <PageHeader
        title={sweep.name}
        state={<StateBadge state={sweep.state} />}
        actions={<SweepActions project={project} sweep={sweep} />}
        facts={factsOf(project, sweep)}
      />
      {sweep.fault && sweep.state === "running" && (
        <Notice tone="warning" className="mb-4">
          It does not go on: {sweep.fault} It is tried again every 20 seconds.
        </Notice>
      )}
      {isBroken && (
        <Notice tone="failed" className="mb-4">
          An error that does not pass ended it: {sweep.fault} Resumed, it is tried again.
        </Notice>
      )}
      {sweep.reason && !isBroken && (
        <Notice tone={sweep.state === "finished" ? "succeeded" : sweep.counts.failed > 0 && sweep.reason.startsWith("The last") ? "failed" : "neutral"} className="mb-4">
          {sweep.reason}
        </Notice>
      )}
    </>
  );
}
