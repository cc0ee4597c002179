import { ArrowDown, ArrowUp } from "lucide-react";
import { Section } from "@/components/ui/layout/section";
import type { MetricPromise } from "@/server/domains/experiments/contract/recipe";

/** Which way is better, as a mark and in words. */
export function Direction({ direction }: { direction: MetricPromise["direction"] }) {
  const Arrow = direction === "maximize" ? ArrowUp : ArrowDown;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-label text-muted">
      <Arrow aria-hidden className="size-3" />
      {direction === "maximize" ? "higher is better" : "lower is better"}
    </span>
  );
}

/** What a run will log, as its recipe says. */
export function PromisedMetrics({ metrics }: { metrics: Record<string, MetricPromise> }) {
  const promised = Object.entries(metrics);
  if (promised.length === 0) return null;
  return (
    <Section title="Metrics it promises" flush>
      <ul className="text-table">
        {promised.map(([key, { direction, unit, description }]) => (
          <li key={key} className="border-line border-b px-4 py-1.5 last:border-b-0">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="min-w-0 break-words font-medium">
                {key}
                {unit && <span className="ml-1.5 font-normal text-label text-muted">{unit}</span>}
              </span>
              <Direction direction={direction} />
            </span>
            {description && <span className="block text-label text-muted">{description}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
