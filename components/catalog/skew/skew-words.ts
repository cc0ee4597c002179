/** What the newest skew check says of a dataset, in words. */
import { formatCount, formatPercent, formatPlain } from "@/components/ui/format/format-number";
import type { SkewCheckView } from "@/server/domains/catalog/contract/catalog";
import { skewLimit } from "@/server/domains/catalog/contract/skew-limit";

type Checked = Pick<SkewCheckView, "rows" | "values" | "differing" | "share">;
export type SkewFinding = "proved" | "not checked" | "contradicted";

/** A replay that compared nothing is no evidence. */
export function skewFinding(skew: Checked | null): SkewFinding {
  if (skew === null || skew.values === 0) return "not checked";
  return skew.share <= skewLimit ? "proved" : "contradicted";
}

/** A join can only be as honest as its sources' times are: what it is said to be depends on what a replay saw. */
export function joinWords(skew: Checked | null): string {
  const finding = skewFinding(skew);
  if (finding === "proved") return "A point-in-time join: each row sees only what was known at its own time, as a shadow replay confirmed. It never changes.";
  if (finding === "not checked") return "A point-in-time join: each row is meant to see only what was known at its own time. No skew check has compared it with online reads yet. It never changes.";
  return `Built as a point-in-time join, but a shadow replay contradicts it: ${formatPercent(skew?.share, 2)} of its values are not what was known at the row's own time. It never changes.`;
}

export function replayWords({ rows, values, differing }: Checked): string {
  return `A shadow replay of ${formatCount(rows)} rows wrote features as they became available and read them at each row's time: ${formatCount(differing)} of ${formatCount(values)} values differ from the dataset.`;
}

type Tally = Pick<SkewCheckView["byFeature"][number], "feature" | "values" | "differing" | "examples">;
const shareOf = ({ values, differing }: Tally) => (values === 0 ? 0 : differing / values);

/** The features that differ at all, the largest share first. */
export function differingFeatures<T extends Tally>(byFeature: readonly T[]): (T & { share: number })[] {
  return byFeature
    .filter(({ differing }) => differing > 0)
    .map((tally) => ({ ...tally, share: shareOf(tally) }))
    .sort((a, b) => b.share - a.share || a.feature.localeCompare(b.feature));
}

function sideWords(value: number | string | null): string {
  if (value === null) return "absent";
  return typeof value === "number" ? formatPlain(value) : value;
}

/** One row's two values, to four figures; where those look alike, as they are. */
export function exampleWords({ examples: [example] }: Pick<Tally, "examples">): string | null {
  if (!example) return null;
  const [offline, online] = [sideWords(example.offline), sideWords(example.online)];
  const isTold = offline !== online;
  return `e.g. row ${example.id}: offline ${isTold ? offline : String(example.offline)}, online ${isTold ? online : String(example.online)}`;
}
