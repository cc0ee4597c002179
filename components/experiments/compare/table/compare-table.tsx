"use client";

import { useMemo } from "react";
import { Button } from "@/components/ui/actions/button";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ComparedRun } from "@/server/domains/experiments/contract/compare";
import { rankMetrics } from "../../metrics/rank-metrics";
import { isOpen } from "../../run-identity";
import type { Compared } from "../use-comparison";
import { GroupRow, MetricLine, ParamLine, TableRow } from "./compare-cells";
import { CompareHead } from "./compare-head";
import { metricRow, type ParamRow, paramRows, type Shown, datasetRow } from "./compare-rows";
import { useMetricColumns } from "./use-metric-columns";
import { useTableWindow } from "./use-table-window";

const metricsShown = 12;
const labelWidth = 224;

export type CompareTableProps = {
  compared: Compared;
  shown: Shown;
  all: boolean;
  onBaseline: (runId: string) => void;
  onRemove: (runId: string) => void;
  onAll: () => void;
};

type Fact = "State" | "Duration" | "Started";
type Row = { kind: "group"; title: string; note?: string } | { kind: "metric"; key: string; at: number } | { kind: "param"; row: ParamRow } | { kind: "fact"; fact: Fact };

function showFact(fact: Fact, run: ComparedRun) {
  if (fact === "State") return <StateBadge state={run.status} />;
  if (fact === "Started") return <RelativeTime at={run.startTime} />;
  return run.startTime !== null && (run.endTime !== null || isOpen(run.status)) ? <Elapsed from={run.startTime} to={run.endTime} /> : "–";
}

/** Which rows there are, and how many are left out until all are asked for. */
function useRows({ compared, shown, all }: CompareTableProps) {
  return useMemo(() => {
    const ranked = rankMetrics(compared.metrics);
    const shared = ranked.filter(({ runs }) => runs > 1);
    const keys = (all ? ranked : (shared.length > 0 ? shared : ranked).slice(0, metricsShown)).map(({ key }) => key);
    const params = paramRows(compared.params, compared.order);
    const differing = params.filter((row) => row.differs);
    const shownParams = all ? params : differing;
    const dataset = datasetRow(compared.datasets, compared.order);
    const datasetLine: Row[] = dataset ? [{ kind: "param", row: dataset }] : [];
    const rows: Row[] = [
      ...(dataset?.differs ? [{ kind: "group", title: "Data", note: "not the same" } as const, ...datasetLine] : []),
      { kind: "group", title: "Metrics", note: shown === "best" ? "best value, by the metric’s name" : "last value" },
      ...keys.map((key, at): Row => ({ kind: "metric", key, at })),
      { kind: "group", title: "Params", note: differing.length === 0 ? "none differs" : "those that differ first" },
      ...shownParams.map((row): Row => ({ kind: "param", row })),
      { kind: "group", title: "Facts" },
      ...(dataset?.differs ? [] : datasetLine),
      ...(["State", "Duration", "Started"] as const).map((fact): Row => ({ kind: "fact", fact })),
    ];
    return { rows, keys, hidden: ranked.length - keys.length + params.length - shownParams.length };
  }, [compared, shown, all]);
}

/** Runs as columns under one head, so that facts, metrics and params of a run stand below each other. */
export function CompareTable(props: CompareTableProps) {
  const { compared, shown, onAll } = props;
  const { runs, order } = compared;
  const { rows, keys, hidden } = useRows(props);
  const { scroller, window } = useTableWindow(runs.length, rows.length, labelWidth);
  const inSight = window.rows.flatMap((index) => {
    const row = rows[index];
    return row?.kind === "metric" ? [row.at] : [];
  });
  const columns = useMetricColumns(compared, keys, inSight[0] ?? 0, (inSight.at(-1) ?? -1) + 1);
  const span = window.columns.length + 1 + (window.left > 0 ? 1 : 0) + (window.right > 0 ? 1 : 0);

  function draw(index: number) {
    const row = rows[index];
    if (!row) return null;
    if (row.kind === "group") return <GroupRow key={row.title} title={row.title} note={row.note} span={span} />;
    if (row.kind === "param") return <ParamLine key={`param ${row.row.key}`} row={row.row} window={window} />;
    if (row.kind === "metric") {
      const column = columns.get(row.key);
      return <MetricLine key={row.key} name={row.key} row={column && metricRow(column, order, shown)} window={window} />;
    }
    return (
      <TableRow key={row.fact} name={row.fact} window={window}>
        {(place) => {
          const run = runs[order[place] ?? 0];
          return { node: run ? showFact(row.fact, run) : null };
        }}
      </TableRow>
    );
  }

  return (
    <>
      <section
        ref={scroller}
        aria-label="Comparison"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="quiet-scroll relative isolate max-h-[70dvh] overflow-auto rounded-lg border border-line bg-panel -outline-offset-2"
      >
        <table
          aria-rowcount={rows.length + 1}
          aria-colcount={runs.length + 1}
          className="table-fixed border-separate border-spacing-0 text-table [--label:7rem] sm:[--label:14rem]"
          style={{ width: `calc(var(--label) + ${window.columns.length * window.columnWidth + window.left + window.right}px)` }}
        >
          <colgroup>
            <col style={{ width: "var(--label)" }} />
            <col style={{ width: window.columnWidth }} />
            {window.left > 0 && <col style={{ width: window.left }} />}
            {window.columns.slice(1).map(({ index }) => (
              <col key={index} style={{ width: window.columnWidth }} />
            ))}
            {window.right > 0 && <col style={{ width: window.right }} />}
          </colgroup>
          <CompareHead {...props} window={window} />
          <tbody>
            {window.above > 0 && <tr aria-hidden style={{ height: window.above }} />}
            {window.rows.map(draw)}
            {window.below > 0 && <tr aria-hidden style={{ height: window.below }} />}
          </tbody>
        </table>
      </section>
      {hidden > 0 && (
        <Button variant="ghost" size="sm" className="mt-2" onClick={onAll}>
          Show {hidden} more rows
        </Button>
      )}
    </>
  );
}

