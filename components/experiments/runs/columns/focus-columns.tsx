import { Pin } from "lucide-react";
import { colourVar } from "@/components/charts/colour-of";
import { Sparkline } from "@/components/charts/spark/sparkline";
import type { DataColumn } from "@/components/data-table/data-column";
import { IconButton } from "@/components/ui/actions/icon-button";
import { cn } from "@/components/ui/class-names";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { isBetter } from "../../metrics/better-end";
import { formatMetric, metricDigits, signedMetric } from "../../metrics/metric-format";

export type RunColumn = DataColumn<RunView>;

type Baseline = { id: string; name: string; value: number | undefined };

export type FocusInput = {
  metric: string;
  rows: readonly RunView[];
  baseline: Baseline | null;
  curves: ReadonlyMap<string, readonly number[]>;
  onPin: (runId: string) => void;
};

const lastOf = (run: RunView, key: string) => run.metrics.find((metric) => metric.key === key)?.lastValue;

function Difference({ metric, value, than, digits }: { metric: string; value: number; than: number; digits: number | null }) {
  const better = isBetter(metric, value, than);
  return (
    <span className={cn(better === true && "text-succeeded", better === false && "text-failed")}>
      {signedMetric(value - than, digits)}
    </span>
  );
}

function differenceColumn({ metric, rows }: FocusInput, baseline: Baseline): RunColumn {
  const digits = metricDigits(rows.map((row) => lastOf(row, metric)));
  const than = baseline.value;
  return {
    key: "delta",
    header: "Δ baseline",
    help: `${metric} less that of ${baseline.name} (${formatMetric(than, digits)})`,
    width: 96,
    align: "right",
    cell: (run) => {
      const value = lastOf(run, metric);
      if (run.id === baseline.id) return <span className="text-faint">baseline</span>;
      if (value === undefined || than === undefined) return "–";
      return <Difference metric={metric} value={value} than={than} digits={digits} />;
    },
    value: (run) => {
      const value = lastOf(run, metric);
      return value === undefined || than === undefined ? null : value - than;
    },
  };
}

function curveColumn({ metric, curves, rows, baseline, onPin }: FocusInput): RunColumn {
  const digits = metricDigits(rows.map((row) => lastOf(row, metric)));
  return {
    key: "curve",
    header: "Curve",
    help: `${metric} over its steps`,
    width: 132,
    cell: (run) => (
      <span className="flex items-center gap-1">
        <Curve metric={metric} run={run} values={curves.get(run.id) ?? []} digits={digits} />
        {run.id !== baseline?.id && (
          <IconButton
            label={`Pin ${run.name} as the baseline`}
            icon={<Pin />}
            size="sm"
            tabIndex={-1}
            onClick={() => onPin(run.id)}
            className="-mr-1.5 opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100"
          />
        )}
      </span>
    ),
  };
}

type CurveProps = { metric: string; run: RunView; values: readonly number[]; digits: number | null };

function Curve({ metric, run, values, digits }: CurveProps) {
  if (values.length < 2) return <span className="flex-1 text-faint">–</span>;
  const label = `${metric} from ${formatMetric(values[0], digits)} to ${formatMetric(lastOf(run, metric), digits)}`;
  return <Sparkline label={label} values={values} width={84} height={18} colour={colourVar(run.id)} className="flex-1" />;
}

export function focusColumns(input: FocusInput): RunColumn[] {
  return input.baseline ? [differenceColumn(input, input.baseline), curveColumn(input)] : [curveColumn(input)];
}
