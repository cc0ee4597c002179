import { colourVar } from "@/components/charts/colour-of";
import { Sparkline } from "@/components/charts/spark/sparkline";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { formatMetric, metricDigits } from "../metrics/metric-format";

export type RunCardProps = { run: RunView; metric: string | null; curve: readonly number[] | undefined };

/** A run on a phone: who it is, how it stands, and the metric in focus. */
export function RunCard({ run, metric, curve }: RunCardProps) {
  const value = run.metrics.find((each) => each.key === metric)?.lastValue;
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colourVar(run.id) }} />
        <span className="truncate">{run.name}</span>
      </span>
      <StateBadge state={run.status} />
      <span className="flex min-w-0 items-center gap-2 text-label text-muted">
        {metric && (
          <>
            <span className="truncate">{metric}</span> <b className="font-medium text-ink">{formatMetric(value, metricDigits([value]))}</b>
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
