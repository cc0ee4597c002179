import { colourVar } from "@/components/charts/colour-of";
import { Sparkline } from "@/components/charts/spark/sparkline";
import { visibleColumns } from "@/components/data-table/columns/visible-columns";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { fieldValue, metricFieldOf } from "@/server/domains/experiments/rules/table/metric-field";
import { formatMetric, metricDigits } from "../metrics/metric-format";
import type { RunColumn } from "./columns/curve-column";

export type RunCardProps = { run: RunView; metric: string | null; /** Of the table. */ columns: readonly RunColumn[]; picked: readonly string[] | null; curve: readonly number[] | undefined };

/** A run on a phone: who it is, how it stands, and the metric in focus, as the table's column of it has it. */
export function RunCard({ run, metric, columns, picked, curve }: RunCardProps) {
  const field = visibleColumns(columns, picked).map(({ key }) => metricFieldOf(key)).find((each) => each?.key === metric) ?? (metric === null ? null : { key: metric, aggregate: "last" as const });
  const value = field && fieldValue(run.metrics, field);
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colourVar(run.id) }} />
        <span className="truncate">{run.name}</span>
      </span>
      <StateBadge state={run.status} />
      <span className="flex min-w-0 items-center gap-2 text-label text-muted">
        {field && (
          <>
            <span className="truncate">{field.aggregate === "last" ? field.key : `${field.aggregate} ${field.key}`}</span> <b className="font-medium text-ink">{formatMetric(value, metricDigits([value]))}</b>
          </>
        )}
        {curve && curve.length > 1 && (
          <Sparkline label={`${metric} so far`} values={curve} width={64} height={16} colour={colourVar(run.id)} className="shrink-0" />
        )}
      </span>
      <RelativeTime at={run.startTime} className="text-label text-muted" />
    </span>
  );
}
