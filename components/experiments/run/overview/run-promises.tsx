import { Section } from "@/components/ui/layout/section";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { Direction } from "../../launch/promised-metrics";
import { endOf } from "../../metrics/better-end";
import { formatMetric, metricDigits } from "../../metrics/metric-format";
import { isOpen } from "../../run-identity";

/** What the run's recipe promised, and what came of it: the last value, and the best where there are more. */
export function RunPromises({ run }: { run: RunDetail }) {
  const promised = run.promises?.metrics ?? [];
  if (promised.length === 0) return null;
  return (
    <Section title="Promised metrics" flush>
      <ul className="text-table">
        {promised.map(({ key, direction, unit, description }) => {
          const metric = run.metrics.find((each) => each.key === key);
          const digits = metric ? metricDigits([metric.lastValue, metric.minValue, metric.maxValue]) : null;
          const best = metric && metric.count > 1 ? (endOf(direction) === "max" ? metric.maxValue : metric.minValue) : null;
          return (
            <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
              <span className="min-w-0 break-words">
                {key} <Direction direction={direction} />
              </span>
              <span className="text-right tabular-nums">
                {metric ? (
                  <>
                    {formatMetric(metric.lastValue, digits)}
                    {unit && <span className="text-muted"> {unit}</span>}
                    {best !== null && <span className="block text-label text-muted">best {formatMetric(best, digits)}</span>}
                  </>
                ) : (
                  <span className="text-muted">{isOpen(run.status) ? "not yet" : "not logged"}</span>
                )}
              </span>
              {description && <span className="col-span-2 text-label text-muted">{description}</span>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
