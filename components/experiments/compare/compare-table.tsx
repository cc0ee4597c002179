"use client";

import type { ReactNode } from "react";
import type { SeriesLook } from "@/components/charts/colour-of";
import { Button } from "@/components/ui/actions/button";
import { cn } from "@/components/ui/class-names";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { isBetter } from "../metrics/better-end";
import { formatMetric, signedMetric } from "../metrics/metric-format";
import { isOpen } from "../run-identity";
import { CompareHead } from "./compare-head";
import { type MetricRow, metricRows, type ParamRow, paramRows, type Shown } from "./compare-rows";

const metricsShown = 12;

const label = "sticky left-0 z-[5] h-8 max-w-28 max-sm:min-w-28 max-sm:py-1 max-sm:[overflow-wrap:anywhere] sm:max-w-56 sm:truncate border-line border-r border-b bg-panel px-3 text-left font-normal text-muted";
const cell = "h-8 whitespace-nowrap border-line border-b px-3 max-sm:px-2";

export type CompareTableProps = {
  project: string;
  /** The baseline first. */
  runs: readonly RunView[];
  /** As in the charts below. */
  looks: ReadonlyMap<string, SeriesLook>;
  shown: Shown;
  all: boolean;
  onBaseline: (runId: string) => void;
  onRemove: (runId: string) => void;
  onAll: () => void;
};

/** Runs as columns under one head, so that facts, metrics and params of a run stand below each other. */
export function CompareTable(props: CompareTableProps) {
  const { runs, shown, all, onAll } = props;
  const metrics = metricRows(runs, shown);
  const params = paramRows(runs);
  const differing = params.filter((row) => row.differs);
  const shared = metrics.filter((row) => row.cells.filter((each) => each !== null).length > 1);
  const shownMetrics = all ? metrics : (shared.length > 0 ? shared : metrics).slice(0, metricsShown);
  const hidden = metrics.length - shownMetrics.length + (all ? 0 : params.length - differing.length);
  const span = runs.length + 1;
  return (
    <>
      <ScrollRegion label="Comparison" className="relative isolate max-h-[75dvh] rounded-lg border border-line bg-panel">
        <table className="w-full border-separate border-spacing-0 text-table">
          <CompareHead {...props} />
          <tbody>
            <Group title="Metrics" note={shown === "best" ? "best value, by the metric's name" : "last value"} span={span} />
            {shownMetrics.map((row) => (
              <MetricLine key={row.key} row={row} />
            ))}
            <Group title="Params" note={differing.length === 0 ? "none differs" : "those that differ first"} span={span} />
            {(all ? params : differing).map((row) => (
              <ParamLine key={row.key} row={row} />
            ))}
            <Group title="Facts" span={span} />
            <FactLine name="State" runs={runs} show={(run) => <StateBadge state={run.status} />} />
            <FactLine name="Duration" runs={runs} show={(run) => (run.startTime !== null && (run.endTime !== null || isOpen(run.status)) ? <Elapsed from={run.startTime} to={run.endTime} /> : "–")} />
            <FactLine name="Started" runs={runs} show={(run) => <RelativeTime at={run.startTime} />} />
          </tbody>
        </table>
      </ScrollRegion>
      {hidden > 0 && (
        <Button variant="ghost" size="sm" className="mt-2" onClick={onAll}>
          Show {hidden} more rows
        </Button>
      )}
    </>
  );
}

function Group({ title, note, span }: { title: string; note?: string; span: number }) {
  return (
    <tr>
      <th scope="colgroup" colSpan={span} className="h-8 border-line border-b bg-well/60 px-3 text-left font-medium text-label">
        <span className="sticky left-3">
          {title} {note && <span className="font-normal text-muted">{note}</span>}
        </span>
      </th>
    </tr>
  );
}

function MetricLine({ row }: { row: MetricRow }) {
  const [base, ...others] = row.cells;
  return (
    <tr>
      <th scope="row" className={label} data-tip={row.key}>
        {row.key}
      </th>
      <td className={cn(cell, "tabular-nums")}>
        <Value row={row} index={0} />
      </td>
      {others.map((each, index) => {
        const than = base?.value;
        const better = each && than !== undefined ? isBetter(row.key, each.value, than) : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run's column is its place
          <td key={index} className={cn(cell, "tabular-nums")}>
            <Value row={row} index={index + 1} />
            {each && than !== undefined && (
              <span className={cn("ml-2.5 text-label", better === true ? "text-succeeded" : better === false ? "text-failed" : "text-muted")}>
                {signedMetric(each.value - than, row.digits)}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Value({ row, index }: { row: MetricRow; index: number }) {
  const value = row.cells[index];
  const isBest = row.bestIndexes.has(index);
  return (
    <span className={cn(isBest && "font-semibold")} data-tip={value ? `at step ${value.step}${isBest ? ", best of these" : ""}` : undefined}>
      {formatMetric(value?.value, row.digits)}
      {isBest && <span className="sr-only"> (best)</span>}
    </span>
  );
}

function ParamLine({ row }: { row: ParamRow }) {
  const [base] = row.values;
  return (
    <tr>
      <th scope="row" className={label} data-tip={row.key}>
        {row.key}
      </th>
      {row.values.map((value, index) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: a run's column is its place
          key={index}
          data-tip={(value?.length ?? 0) > 24 ? value : undefined}
          className={cn(cell, "max-w-56 truncate font-mono text-label", row.differs && value !== base ? "bg-accent/8" : !row.differs && "text-muted")}
        >
          {value ?? "–"}
        </td>
      ))}
    </tr>
  );
}

function FactLine({ name, runs, show }: { name: string; runs: readonly RunView[]; show: (run: RunView) => ReactNode }) {
  return (
    <tr>
      <th scope="row" className={label}>
        {name}
      </th>
      {runs.map((run) => (
        <td key={run.id} className={cell}>
          {show(run)}
        </td>
      ))}
    </tr>
  );
}
