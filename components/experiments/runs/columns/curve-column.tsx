import { Pin } from "lucide-react";
import { colourVar } from "@/components/charts/colour-of";
import { Sparkline } from "@/components/charts/spark/sparkline";
import type { DataColumn } from "@/components/data-table/data-column";
import { IconButton } from "@/components/ui/actions/icon-button";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { fieldValue } from "@/server/domains/experiments/rules/table/metric-field";

export type RunColumn = DataColumn<RunView>;

export type CurveColumnInput = {
  metric: string;
  rows: readonly RunView[];
  baseline: RunView | null;
  curves: ReadonlyMap<string, readonly number[]>;
  onPin: (runId: string) => void;
};

const lastOf = (run: RunView, key: string) => fieldValue(run.metrics, { key, aggregate: "last" });

/** The small curve of the metric in focus, and the button that pins a run. */
export function curveColumn({ metric, curves, rows, baseline, onPin }: CurveColumnInput): RunColumn {
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
