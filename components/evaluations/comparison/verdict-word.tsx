import { StateBadge } from "@/components/ui/feedback/state-badge";
import type { Word } from "@/server/domains/evaluations/contract/result";
import { skewWord } from "../skew-words";

export const verdictWords: Record<Word, string> = {
  better: "better",
  worse: "worse",
  not_distinguishable: "not distinguishable",
  too_little_evidence: "too little evidence",
};

export function overallWords(word: Word, worseSlices: number, isSkewed: boolean): string {
  const slices = worseSlices > 0 ? `worse in ${worseSlices} ${worseSlices === 1 ? "slice" : "slices"}` : null;
  return [verdictWords[word], slices, isSkewed ? skewWord : null].filter(Boolean).join(", ");
}

type Props = { word: Word; worseSlices?: number; isSkewed?: boolean };

/** Better and worse take a side, with a sign of their own; the others don't. Harm to a slice, and features that differ online, stand beside what holds overall. */
export function VerdictWord({ word, worseSlices = 0, isSkewed = false }: Props) {
  if (isSkewed || (worseSlices > 0 && word !== "worse")) return <StateBadge state={word === "worse" ? "worse" : "warning"} word={overallWords(word, word === "worse" ? 0 : worseSlices, isSkewed)} className="whitespace-normal!" />;
  if (word === "better" || word === "worse") return <StateBadge state={word} />;
  return <span className="whitespace-nowrap text-muted">{verdictWords[word]}</span>;
}
