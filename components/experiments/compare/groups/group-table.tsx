"use client";

import { useMemo } from "react";
import { LegendMark } from "@/components/charts/frame/legend-mark";
import { looksApart } from "@/components/charts/colour-of";
import { cn } from "@/components/ui/class-names";
import { Badge } from "@/components/ui/feedback/badge";
import { formatDifference } from "@/components/ui/format/format-difference";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import type { BetterEnd } from "@/server/domains/experiments/contract/run";
import { isBetter } from "../../metrics/better-end";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { rankMetrics } from "../../metrics/rank-metrics";
import { useMetricColumns } from "../table/use-metric-columns";
import type { Shown } from "../table/compare-rows";
import type { Compared } from "../use-comparison";
import type { GroupedRuns } from "./group-runs";
import { type GroupCell, groupRow, pairsOf } from "./group-stats";

const metricsShown = 12;
const groupsShown = 24;

const label = "sticky left-0 z-[5] max-w-56 truncate border-line border-r border-b bg-panel px-3 py-1.5 text-left font-normal text-muted max-sm:max-w-28";
const cell = "whitespace-nowrap border-line border-b px-3 py-1.5 align-top tabular-nums";

export type GroupTableProps = { compared: Compared; groups: readonly GroupedRuns[]; shown: Shown };

/** Groups as columns: mean, interval and number of runs, and the difference to the baseline's group with the test behind it. */
export function GroupTable({ compared, groups, shown }: GroupTableProps) {
  const { runs, params, baseline, metrics } = compared;
  const keys = useMemo(() => rankMetrics(metrics).filter(({ runs: count }) => count > 1).slice(0, metricsShown).map(({ key }) => key), [metrics]);
  const columns = useMetricColumns(compared, keys, 0, keys.length);
  const own = groups.findIndex(({ places }) => places.some((place) => runs[place]?.id === baseline.id));
  // The baseline's group first: it is what the others are held against.
  const ordered = useMemo(() => groups.filter((_, index) => index === own).concat(groups.filter((_, index) => index !== own)).slice(0, groupsShown), [groups, own]);
  const looks = useMemo(() => looksApart(groups.map(({ name }) => ({ id: name }))), [groups]);
  const pairs = useMemo(() => pairsOf(params, runs.length), [params, runs.length]);
  const rows = keys.flatMap((key) => {
    const column = columns.get(key);
    return column ? [groupRow(column, ordered, 0, pairs, shown)] : [];
  });
  return (
    <Section
      flush
      className="mb-4"
      title="Groups"
      description="Mean with its 95% interval over runs. Differences are to the baseline’s group; p values are of each difference alone, not adjusted for how many are shown."
    >
      <ScrollRegion label="Groups" className="max-h-[60dvh]">
        <table className="w-full border-separate border-spacing-0 text-table">
          <thead>
            <tr>
              <td className="sticky left-0 z-[5] border-line border-r border-b bg-panel" />
              {ordered.map(({ name, places }, index) => (
                <th key={name} scope="col" className="whitespace-nowrap border-line border-b px-3 py-2 text-left font-medium">
                  <span className="flex items-center gap-2">
                    <LegendMark look={looks.get(name) ?? { colour: 1, dash: [] }} strong={index === 0} />
                    <span className="max-w-64 truncate" data-tip={name}>
                      {name}
                    </span>
                    {index === 0 && <Badge tone="accent">baseline</Badge>}
                  </span>
                  <span className="block font-normal text-label text-muted">{places.length === 1 ? "1 run" : `${places.length} runs`}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, end, cells }) => (
              <tr key={key}>
                <th scope="row" className={label} data-tip={key}>
                  {key}
                </th>
                {cells.map((each, index) => (
                  <td key={ordered[index]?.name} className={cell}>
                    <GroupValue end={end} cell={each} base={cells[0] ?? null} digits={metricDigits(cells.map((one) => one?.mean.mean))} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {groups.length > groupsShown && <p className="px-4 py-2 text-label text-muted">The first {groupsShown} of {groups.length} groups.</p>}
    </Section>
  );
}

const shownP = (p: number) => (p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`);

function GroupValue({ end, cell: value, base, digits }: { end: BetterEnd | null; cell: GroupCell; base: GroupCell; digits: number | null }) {
  if (!value) return "–";
  const { mean, interval, n } = value.mean;
  const { test } = value;
  const better = test && base && test.p < 0.05 ? isBetter(end, mean, base.mean.mean) : null;
  return (
    <>
      <span>{formatMetric(mean, digits)}</span>
      <span className="ml-2 text-label text-muted">{interval ? `[${formatMetric(interval.low, digits)}, ${formatMetric(interval.high, digits)}]` : n === 1 ? "one run" : ""}</span>
      {test && (
        <span className="block text-label">
          <span className={cn(better === true ? "text-succeeded" : better === false ? "text-failed" : "text-muted")}>
            {formatDifference(test.difference, { low: test.low, high: test.high }, digits ?? 4)}
            {better !== null && (better ? " better" : " worse")}
          </span>
          <span className="ml-2 text-muted">
            {test.name}, {shownP(test.p)}
          </span>
        </span>
      )}
    </>
  );
}
