import { CornerDownRight } from "lucide-react";
import { widthOf } from "@/components/data-table/use-column-widths";
import { colourVar } from "@/components/charts/colour-of";
import { Badge } from "@/components/ui/feedback/badge";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunKeys, RunView } from "@/server/domains/experiments/contract/run";
import { rankMetrics } from "../../metrics/rank-metrics";
import { isOpen, runDuration } from "../../run-identity";
import { mostMetrics, tellingParams } from "./asked-columns";
import { defaultColumns } from "./default-columns";
import { metricColumn } from "./metric-column";
import { type MetricAggregate, metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";
import type { RunColumn } from "./curve-column";

/** The box that selects a row. */
const selectWidth = 36;

function nameColumn(baselineId: string | null): RunColumn {
  return {
    key: "name",
    header: "Run",
    fit: { atLeast: 190, atMost: 300 },
    sortable: true,
    cell: (run) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colourVar(run.id) }} />
        {run.parentRunId && <CornerDownRight role="img" aria-label="Nested run" className="size-3 shrink-0 text-faint" />}
        <span className="truncate">{run.name}</span>
        {run.id === baselineId && <Badge tone="accent">baseline</Badge>}
      </span>
    ),
    value: (run) => run.name,
  };
}

const stateColumn: RunColumn = {
  key: "state",
  header: "State",
  width: 120,
  sortable: true,
  cell: (run) => <StateBadge state={run.status} reason={run.failure ?? undefined} />,
  value: (run) => run.status,
};

const startedColumn: RunColumn = {
  key: "started",
  header: "Started",
  width: 112,
  align: "right",
  sortable: true,
  cell: (run) => (run.status === "SCHEDULED" ? <span className="text-muted">waits</span> : <RelativeTime at={run.startTime} />),
  value: (run) => (run.startTime === null ? null : new Date(run.startTime).toISOString()),
};

const durationColumn: RunColumn = {
  key: "duration",
  header: "Duration",
  width: 104,
  align: "right",
  sortable: true,
  cell: (run) =>
    run.startTime === null || run.status === "SCHEDULED" || (run.endTime === null && !isOpen(run.status)) ? (
      "–"
    ) : (
      <Elapsed from={run.startTime} to={run.endTime} />
    ),
  value: (run) => runDuration(run, Date.now()),
};

const userColumn: RunColumn = {
  key: "user",
  header: "User",
  width: 96,
  sortable: true,
  optional: true,
  cell: (run) => run.userName || run.tags.find((tag) => tag.key === "mlflow.user")?.value || "–",
  value: (run) => run.userName || run.tags.find((tag) => tag.key === "mlflow.user")?.value,
};

const kindWords = { params: "param", tags: "tag" } as const;

/** Where a metric has the same name, it says which it is. */
function pairColumn(kind: "params" | "tags", { key, values }: RunKeys["params"][number], metrics: ReadonlySet<string>): RunColumn {
  const header = metrics.has(key) ? `${key} (${kindWords[kind]})` : key;
  const longest = Math.max(0, ...values.map((value) => value.length));
  const of = (run: RunView) => run[kind].find((pair) => pair.key === key)?.value;
  return {
    key: `${kind}.${key}`,
    header,
    group: kind === "params" ? "Params" : "Tags",
    width: Math.max(80, Math.min(170, Math.max(header.length * 7.5 + 48, longest * 7 + 22))),
    sortable: true,
    cell: (run) => <span data-tip={(of(run)?.length ?? 0) > 16 ? of(run) : undefined}>{of(run) ?? "–"}</span>,
    value: of,
  };
}

export type RunColumnsInput = {
  keys: RunKeys;
  rows: readonly RunView[];
  baseline: RunView | null;
  /** The metric that the table is about, and the column of its curve. */
  focus: { metric: string | null; curve: RunColumn | null };
  /** What is shown, if someone chose. */
  picked: readonly string[] | null;
  /** How wide the table can be: its times stay in sight. */
  room: number;
};

/** Those of a greatest, least or mean value are made when they are picked: there would be four times as many. */
function pickedAggregates({ keys, picked, rows, baseline }: RunColumnsInput): RunColumn[] {
  return (picked ?? []).flatMap((column) => {
    const field = metricFieldOf(column);
    return field && field.aggregate !== "last" ? [{ ...metricColumn({ field, better: keys.metrics.find(({ key }) => key === field.key)?.better, rows, baseline }), optional: true }] : [];
  });
}

/** Of a curve whose better end is promised, the best is what a run reached: shown first, until someone picks columns. */
const firstShown = ({ picked }: RunColumnsInput, { better, points }: RunKeys["metrics"][number]): MetricAggregate => (picked === null && better && points > 1 ? better : "last");

/** Every key is a column; the few that tell runs apart, and fit, are shown until someone picks others. */
export function runColumns(input: RunColumnsInput): RunColumn[] {
  const { keys, rows, baseline, focus, room } = input;
  const ranked = rankMetrics(keys.metrics);
  const ordered = [...ranked.filter((each) => each.key === focus.metric), ...ranked.filter((each) => each.key !== focus.metric)];
  const column = ({ key, better }: RunKeys["metrics"][number], aggregate: MetricAggregate) => metricColumn({ field: { key, aggregate }, better, rows, baseline });
  const metrics = ordered.map((each) => column(each, firstShown(input, each)));
  const lasts = ordered.flatMap((each) => (firstShown(input, each) === "last" ? [] : { ...column(each, "last"), optional: true }));
  const names = new Set(keys.metrics.map(({ key }) => key));
  const params = keys.params.map((each) => pairColumn("params", each, names));
  const tags = keys.tags.map((each) => ({ ...pairColumn("tags", each, names), optional: true }));
  const curve = focus.curve ? [focus.curve] : [];
  const around = [nameColumn(baseline?.id ?? null), stateColumn, ...curve, durationColumn, startedColumn];
  const telling = new Set(tellingParams(keys).map((key) => `params.${key}`));
  const sized = (column: RunColumn) => ({ key: column.key, width: widthOf(column, rows) });
  const shown = defaultColumns({
    metrics: metrics.slice(0, mostMetrics).map(sized), params: params.filter(({ key }) => telling.has(key)).map(sized),
    room: room - around.reduce((sum, column) => sum + widthOf(column, rows), selectWidth),
  });
  const [first, ...others] = metrics.map((column) => ({ ...column, optional: !shown.has(column.key) }));
  return [
    nameColumn(baseline?.id ?? null), stateColumn, ...(first ? [first] : []), ...curve, ...others, ...lasts, ...pickedAggregates(input),
    ...params.map((column) => ({ ...column, optional: !shown.has(column.key) })), durationColumn, startedColumn, userColumn, ...tags,
  ];
}
