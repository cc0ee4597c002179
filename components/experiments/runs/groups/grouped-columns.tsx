import { ChevronDown, ChevronRight } from "lucide-react";
import type { DataColumn } from "@/components/data-table/data-column";
import { widthOf } from "@/components/data-table/use-column-widths";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format/format-number";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunView } from "@/server/domains/experiments/contract/run";
import type { GroupField, GroupStat, RunGroup } from "@/server/domains/experiments/contract/run-table";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import type { RunColumn } from "../columns/curve-column";
import { metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";
import { groupName } from "./group-field";
import type { GroupedRow } from "./group-rows";

export type GroupedColumn = DataColumn<GroupedRow>;

export type GroupedColumnsInput = { columns: readonly RunColumn[]; by: GroupField; groups: readonly RunGroup[]; runs: readonly RunView[]; onToggle: (id: string) => void };

type GroupHeadProps = { row: Extract<GroupedRow, { kind: "group" }>; by: GroupField; onToggle: (id: string) => void };

export function GroupHead({ row, by, onToggle }: GroupHeadProps) {
  const { group, isOpen, id } = row;
  const name = group.value === null ? `no ${groupName(by)}` : (group.label ?? group.value) || "empty";
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={isOpen}
      onClick={() => onToggle(id)}
      data-tip={name.length > 24 ? name.slice(0, 500) : undefined}
      className="inline-flex max-w-full items-center gap-1.5 font-medium"
    >
      <Chevron aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className={cn("truncate", group.value === null && "text-muted italic")}>{name}</span>
    </button>
  );
}

/** Mean ± sd of the last values; how many there are, where that is not all of the group. */
function Stat({ stat, runs, digits }: { stat: GroupStat | undefined; runs: number; digits: number | null }) {
  if (!stat) return "–";
  const { mean, sd, n } = stat;
  const tip = `Mean${sd === null ? "" : " ± standard deviation"} of ${n === 1 ? "one last value" : `${formatCount(n)} last values`}`;
  return (
    <span data-tip={tip} className="font-medium">
      {formatMetric(mean, digits)}
      {sd !== null && <span className="font-normal text-muted"> ± {formatMetric(sd, digits)}</span>}
      {n !== runs && <span className="font-normal text-faint"> n {formatCount(n)}</span>}
    </span>
  );
}

function groupCell(column: RunColumn, input: GroupedColumnsInput): (group: RunGroup) => React.ReactNode {
  const field = metricFieldOf(column.key);
  if (column.key === "started") return (group) => <RelativeTime at={group.startedLast} />;
  if (field?.aggregate !== "last") return () => null;
  const statOf = (group: RunGroup) => group.stats.find((stat) => stat.key === field.key);
  const digits = metricDigits(input.groups.map((group) => statOf(group)?.mean));
  return (group) => <Stat stat={statOf(group)} runs={group.runs} digits={digits} />;
}

/** Room for a mean, its deviation and a number. */
const statWidth = 168;

function groupedColumn(column: RunColumn, input: GroupedColumnsInput): GroupedColumn {
  const { fit: _, ...rest } = column;
  const ofGroup = groupCell(column, input);
  const isMetric = metricFieldOf(column.key)?.aggregate === "last";
  return {
    ...rest,
    width: Math.max(widthOf(column, input.runs), isMetric ? statWidth : 0),
    help: isMetric ? `${column.help ?? ""} Of a group: mean ± standard deviation.` : column.help,
    sortable: isMetric || column.key === "started",
    cell: (row) => (row.kind === "run" ? column.cell(row.run) : row.kind === "group" ? ofGroup(row.group) : null),
    value: (row) => (row.kind === "run" ? column.value?.(row.run) : null),
  };
}

function firstColumn(column: RunColumn, { by, runs, onToggle }: GroupedColumnsInput): GroupedColumn {
  const name = groupName(by);
  return {
    key: column.key,
    header: name,
    help: `Groups by ${name}`,
    width: Math.max(220, widthOf(column, runs) + 16),
    sortable: true,
    cell: (row) => {
      if (row.kind === "group") return <GroupHead row={row} by={by} onToggle={onToggle} />;
      if (row.kind === "run") return <span className="block pl-5 font-normal">{column.cell(row.run)}</span>;
      return <span className="pl-5 font-normal text-muted">{row.left === null ? "Loading…" : `${formatCount(row.left)} more`}</span>;
    },
  };
}

const countColumn: GroupedColumn = {
  key: "runs",
  header: "Runs",
  width: 84,
  align: "right",
  always: true,
  sortable: true,
  cell: (row) => (row.kind === "group" ? formatCount(row.group.runs) : null),
};

/** The columns of runs, each with what it says of a whole group. */
export function groupedColumns(input: GroupedColumnsInput): GroupedColumn[] {
  const [first, ...rest] = input.columns;
  return first ? [firstColumn(first, input), countColumn, ...rest.map((column) => groupedColumn(column, input))] : [];
}
