import { StateBadge } from "@/components/ui/feedback/state-badge";
import { RelativeTime } from "@/components/ui/text/relative-time";
import { metricNames } from "@/server/domains/evaluations/contract/metric-names";
import { type EvaluationRow, lookOf } from "./evaluation-columns";
import { metricTitles } from "./metric-words";

/** A row on a phone. */
export function EvaluationCard({ row }: { row: EvaluationRow }) {
  const { model, suite, dataset, createdAt, made } = row;
  const look = lookOf(row);
  return (
    <div className="grid gap-1">
      <span className="flex items-baseline justify-between gap-3">
        <span className="truncate font-medium">{model.name}</span>
        <RelativeTime at={createdAt} className="shrink-0 text-label text-muted" />
      </span>
      <span className="text-label text-muted">
        {suite.name} v{suite.version} on {dataset.name} v{dataset.version}
      </span>
      {made && (
        <span className="flex flex-wrap gap-x-4 text-table tabular-nums">
          {metricNames.map((name) => (
            <span key={name}>
              <span className="text-muted">{metricTitles[name]}</span> {made.metrics[name].value?.toFixed(4) ?? "–"}
            </span>
          ))}
        </span>
      )}
      {(!made || look.state === "warning") && <StateBadge {...look} />}
    </div>
  );
}
