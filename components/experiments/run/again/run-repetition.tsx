"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Badge } from "@/components/ui/feedback/badge";
import { formatValue } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import type { MetricChange, Repetition, ValueChange } from "@/server/domains/experiments/contract/again/resume-repeat";
import { repeatsTag } from "@/server/domains/experiments/contract/again/again-words";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { formatMetric, metricDigits, signedMetric } from "../../metrics/metric-format";
import { compareHref, runHref } from "../../run-identity";

/** Of a run that does another again: what came out different. */
export function RunRepetition({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const isRepeat = run.tags.some(({ key }) => key === repeatsTag);
  const asked = trpc.experiments.readRepetition.queryOptions({ project, runId: run.id }, { enabled: isRepeat });
  useLive(isRepeat ? [`run:${run.id}`] : [], [asked.queryKey]);
  const { data } = useQuery(asked);
  if (!data) return null;
  return (
    <Section
      title="Run again"
      description={
        <>
          Repeats <InlineLink href={runHref(project, data.of.id)} className="underline">{data.of.name}</InlineLink>. {verdict(data)}
        </>
      }
      actions={<InlineLink href={compareHref(project, [data.of.id, run.id], data.of.id)}>Compare them</InlineLink>}
      flush
    >
      {data.isFinal && data.total > data.identical && <MetricTable metrics={data.metrics} />}
      <ValueTable title="Parameters" changes={data.params} />
      <ValueTable title="Environment" changes={data.environment} />
      <ValueTable title="Code" changes={data.code} />
      <ValueTable title="Data" changes={data.data} />
    </Section>
  );
}

function verdict({ isFinal, identical, total }: Repetition): string {
  if (!isFinal) return "What came out different is listed once both have ended.";
  if (total === 0) return "Neither logged a metric.";
  if (identical === total) return total === 1 ? "Its metric is identical to the last bit." : `All ${total} metrics are identical to the last bit.`;
  return identical === 0 ? "No metric is the same to the last bit." : `${identical} of ${total} metrics are identical to the last bit.`;
}

const head = "border-line border-b px-2 md:px-3 py-1.5 text-right font-medium text-muted first:pl-4 first:text-left last:pr-4";
const cell = "px-2 md:px-3 py-1.5 text-right tabular-nums last:pr-4";

function MetricTable({ metrics }: { metrics: readonly MetricChange[] }) {
  return (
    <ScrollRegion label="Differences of metrics" className="max-h-96">
      <table aria-label="Metrics" className="w-full text-table">
        <thead>
          <tr>
            {["Metric", "Before", "After", "Difference", "Relative"].map((name) => (
              <th key={name} scope="col" className={head}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <MetricRow key={metric.key} metric={metric} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const mostDecimals = 17;

/** As many decimals as it takes to tell the two apart. */
function digitsApart(before: number | null, after: number | null): number | null {
  const usual = metricDigits([before, after]);
  if (usual === null || before === null || after === null || before === after) return usual;
  const needed = Math.ceil(-Math.log10(Math.abs(after - before))) + 1;
  return Number.isFinite(needed) ? Math.min(mostDecimals, Math.max(usual, needed)) : usual;
}

function MetricRow({ metric: { key, before, after, difference, relative, isIdentical } }: { metric: MetricChange }) {
  const digits = digitsApart(before, after);
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="break-all px-2 py-1.5 pl-4 text-left font-normal">
        {key}
      </th>
      <td className={cell}>{formatMetric(before, digits)}</td>
      <td className={cell}>{formatMetric(after, digits)}</td>
      {isIdentical ? (
        <td colSpan={2} className={cell}>
          <Badge tone="succeeded">identical</Badge>
        </td>
      ) : (
        <>
          <td className={cell}>{difference === null ? "–" : difference === 0 ? "same last value" : signedMetric(difference, null)}</td>
          <td className={cell}>{relative === null ? "–" : relative === 0 ? "0%" : `${relative > 0 ? "+" : ""}${formatValue(relative * 100, 3)}%`}</td>
        </>
      )}
    </tr>
  );
}

const shortened = (value: string | null) => (value === null ? "not known" : /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value);

function ValueTable({ title, changes }: { title: string; changes: readonly ValueChange[] }) {
  if (changes.length === 0) return null;
  return (
    <table aria-label={title} className="w-full table-fixed text-table">
      <caption className="border-line border-t px-4 pt-2.5 pb-1 text-left font-medium text-label text-muted">{title}</caption>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row" className="w-1/3 break-words py-1 pr-3 pl-4 text-left align-top font-normal text-muted">
              {label}
            </th>
            <td className="break-words py-1 pr-4 align-top">
              {before === after ? (
                <>
                  {shortened(after)} {after !== null && <span className="text-label text-muted">same</span>}
                </>
              ) : (
                <>
                  <del className="text-failed no-underline">{shortened(before)}</del> → <ins className="text-succeeded no-underline">{shortened(after)}</ins>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
