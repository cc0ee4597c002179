import { Sparkline } from "@/components/charts/spark/sparkline";
import { skewLimit } from "@/server/domains/catalog/contract/skew-limit";
import type { FeatureRow } from "./feature-rows";
import { SkewBadge } from "./skew/skew-badge";
import { FreshnessBadge } from "./freshness-badge";

/** A feature on a phone: its whole name, what it is, and whether it can be trusted. */
export function FeatureCard({ row }: { row: FeatureRow }) {
  return (
    <div className="grid gap-1">
      <span className="break-all font-medium">{row.name}</span>
      <span className="text-muted">{row.description}{row.unit && ` [${row.unit}]`}</span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-label text-muted">
        <FreshnessBadge freshness={row.freshness} />
        {row.skew !== null && row.skew > skewLimit && <span className="flex items-center gap-1"><SkewBadge share={row.skew} /> online</span>}
        <span>{row.entity} · {row.dtype}</span>
        {row.champions.length > 0 && <span>champion of {row.champions.join(", ")}</span>}
        {row.statistics?.histogram && <Sparkline label={`Distribution of ${row.name}`} kind="bars" values={row.statistics.histogram.counts} />}
      </span>
    </div>
  );
}
