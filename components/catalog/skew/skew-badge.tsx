import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatPercent } from "@/components/ui/format/format-number";
import { skewLimit } from "@/server/domains/catalog/contract/skew-limit";

/** What the skew check found: whether online reads give what the dataset holds. */
export function SkewBadge({ share }: { share: number | null }) {
  if (share === null) return <span className="text-muted">not checked</span>;
  return <StateBadge state={share <= skewLimit ? "succeeded" : "failed"} word={share <= skewLimit ? "equal" : `${formatPercent(share, 0)} differ`} />;
}
