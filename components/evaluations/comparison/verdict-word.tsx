import { StateBadge } from "@/components/ui/feedback/state-badge";
import type { Word } from "@/server/domains/evaluations/contract/result";

export const verdictWords: Record<Word, string> = {
  better: "better",
  worse: "worse",
  not_distinguishable: "not distinguishable",
  too_little_evidence: "too little evidence",
};

/** Better and worse take a side, with a sign of their own; the others don't. Harm to a slice stands beside what holds overall. */
export function VerdictWord({ word, worseSlices = 0 }: { word: Word; worseSlices?: number }) {
  if (worseSlices > 0 && word !== "worse")
    return (
      <StateBadge state="warning" word={`${verdictWords[word]}, worse in ${worseSlices} ${worseSlices === 1 ? "slice" : "slices"}`} />
    );
  if (word === "better" || word === "worse") return <StateBadge state={word} />;
  return <span className="whitespace-nowrap text-muted">{verdictWords[word]}</span>;
}
