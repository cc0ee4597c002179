import { Histogram } from "@/components/charts/bars/histogram";
import { formatCount, formatPercent, formatValue } from "@/components/ui/format/format-number";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import type { FeatureStatistics } from "@/server/domains/catalog/contract/catalog";

const quantileNames = ["min", "p1", "p5", "p25", "median", "p75", "p95", "p99", "max"];

/** Extremes that the drawing leaves out are told. */
function outside({ count, nulls, min, max, histogram }: FeatureStatistics): string | undefined {
  const drawn = (histogram?.counts ?? []).reduce((sum, each) => sum + each, 0);
  const left = count - nulls - drawn;
  return histogram && left > 0 ? `${formatCount(left)} of ${formatCount(count - nulls)} values lie outside, from ${formatValue(min, 4)} to ${formatValue(max, 4)}.` : undefined;
}

/** One feature's measured distribution: counts over its range, quantiles, absent share. */
export function FeatureDetail({ statistics, title, description, unit, dtype }: { statistics: FeatureStatistics; title?: string; description?: string; unit: string; dtype: string }) {
  const absent = statistics.count === 0 ? 0 : statistics.nulls / statistics.count;
  const quantiles = (statistics.quantiles ?? []).map((value, index) => ({ label: quantileNames[index] ?? "", value: formatValue(value, 4) }));
  return (
    <Section title={title ?? statistics.name} description={description}>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        {statistics.histogram ? <Histogram title="Distribution" description={outside(statistics)} unit={unit} bins={statistics.histogram} label={statistics.name} height={220} bare /> : <p className="text-muted">{statistics.top?.map((item) => `${item.value} (${formatCount(item.count)})`).join(", ") ?? "No values yet."}</p>}
        <KeyValues
          items={[
            { label: "Type", value: `${dtype}${unit ? ` [${unit}]` : ""}` },
            { label: "Rows", value: formatCount(statistics.count) },
            { label: "Absent", value: formatPercent(absent, 2) },
            { label: "Mean ± sd", value: statistics.mean === null ? "–" : `${formatValue(statistics.mean, 4)} ± ${formatValue(statistics.sd ?? 0, 3)}` },
            { label: "Distinct", value: statistics.distinct === null ? "–" : `about ${formatCount(statistics.distinct)}` },
            ...quantiles,
          ]}
        />
      </div>
    </Section>
  );
}
