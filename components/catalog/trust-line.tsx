import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatPercent } from "@/components/ui/format/format-number";
import { InlineLink } from "@/components/ui/layout/inline-link";
import type { FeatureStatistics, FreshnessView, ViewSkew } from "@/server/domains/catalog/contract/catalog";
import { skewLimit } from "@/server/domains/catalog/contract/skew-limit";
import { skewShare } from "./feature-rows";
import { freshnessWords } from "./freshness-badge";

type Props = { project: string; statistics: FeatureStatistics; freshness: FreshnessView | null; skew: ViewSkew | null; champions: readonly string[] };

/** Can it be trusted: how fresh, how complete, the same online as offline, and who relies on it. */
export function TrustLine({ project, statistics, freshness, skew, champions }: Props) {
  const read = skew?.byFeature.find((one) => one.feature === statistics.name);
  const share = skewShare(skew, statistics.name) ?? 0;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
      {freshness ? <StateBadge state={freshness.isFresh ? "fresh" : "stale"} word={freshnessWords(freshness)} /> : <span className="text-muted">no data yet</span>}
      <span aria-hidden className="text-faint">·</span>
      <span>{statistics.count === 0 ? "nothing measured" : `${formatPercent(statistics.nulls / statistics.count, 1)} absent`}</span>
      <span aria-hidden className="text-faint">·</span>
      {read && skew && read.values > 0 ? (
        <span className={share > skewLimit ? "text-failed" : undefined}>
          {share > skewLimit ? `online differs from offline on ${formatPercent(share, 1)}` : `online = offline on ${formatPercent(1 - share, 2)}`} of {read.values.toLocaleString("en")} reads (<InlineLink className="underline" href={`/${project}/catalog/datasets/${skew.datasetId}`}>{skew.dataset}</InlineLink>)
        </span>
      ) : (
        <span className="text-muted">online against offline not checked yet</span>
      )}
      <span aria-hidden className="text-faint">·</span>
      {champions.length === 0 ? <span className="text-muted">no champion uses it</span> : <span>used by {champions.length === 1 ? "the champion of " : `${champions.length} champions: `}{champions.map((name, index) => <span key={name}>{index > 0 && ", "}<InlineLink className="underline" href={`/${project}/models/${name}`}>{name}</InlineLink></span>)}</span>}
    </p>
  );
}
