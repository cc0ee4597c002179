import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatAbsolute } from "@/components/ui/format/format-time";
import type { FreshnessView } from "@/server/domains/catalog/contract/catalog";

const behind = ({ lagMs }: FreshnessView) => (lagMs < 1_000 ? "at the head of its stream" : `${formatDuration(lagMs)} behind its stream`);

/** `fresh, at the head of its stream`: judged by the view's TTL, on the stream's clock. */
export const freshnessWords = (freshness: FreshnessView): string => `${freshness.isFresh ? "fresh" : "stale"}, ${behind(freshness)}`;

export function FreshnessBadge({ freshness }: { freshness: FreshnessView | null }) {
  if (!freshness) return <span className="text-muted">no data</span>;
  const reason = `${behind(freshness)}; ${freshness.isOnline ? "online" : "computed"} until ${formatAbsolute(freshness.at, "UTC")}`;
  return <StateBadge state={freshness.isFresh ? "fresh" : "stale"} word={freshness.isFresh ? "fresh" : "stale"} reason={reason} />;
}
