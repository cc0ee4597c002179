/** What stands beside the live version and the newest one, in a sentence each. */
import type { ModelView, VersionView } from "@/server/domains/models/contract";

type Version = Pick<VersionView, "version" | "verdict" | "aliases" | "notServable">;
type Gated = Pick<ModelView, "suite">;

/** What the page opens on: the version that waits for somebody, else what is live. A refused one waits for nobody. */
export function chooseVersion<V extends Version>(versions: readonly V[], champion: V | null): V | null {
  const [newest] = versions;
  if (!newest || !champion) return newest ?? champion;
  const isWaiting = newest.version > champion.version && !newest.notServable && newest.verdict?.outcome !== "refused";
  return isWaiting ? newest : champion;
}

export function liveWords({ suite }: Gated, { verdict }: Version): string {
  if (verdict?.outcome === "refused") return "It became champion although the gate refused it.";
  if (verdict) return `The gate passed it against ${verdict.againstVersion === null ? "the absolute limits for a first version" : `the champion v${verdict.againstVersion}`}.`;
  return suite === null ? "No gate stands before this model." : "No gate has judged it.";
}

/** A refusal of a candidate changes nothing that is live, and says so. */
export function candidateWords({ suite }: Gated, { verdict, notServable }: Version): string {
  if (notServable) return "It can't serve, so it is no candidate.";
  if (verdict?.outcome === "refused") return "The gate refused it: what is live is not touched by that.";
  if (verdict) return "The gate passed it: it can be put forward.";
  return suite === null ? "It can be put forward." : "The gate has not judged it yet.";
}
