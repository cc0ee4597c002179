/** A gate's verdict in sentences. */
import { formatCount } from "@/components/ui/format/format-number";
import type { VerdictView } from "@/server/domains/models/contract";

/** The sentence first: passed or refused, against what, and for which reason. */
export function verdictSentence(view: VerdictView): string {
  const failed = view.verdict.checks.filter((check) => !check.passed);
  const against =
    view.againstVersion === null ? "the absolute limits for a first version" : `the champion v${view.againstVersion}`;
  if (failed.length === 0) return `Version ${view.version} passes against ${against}.`;
  return `Version ${view.version} is refused against ${against}: ${failed.map((check) => check.reason).join("; ")}.`;
}

/** What of an estimate decides: a first version has no champion whose rows it could be compared on. */
export function decidedByWords({ verdict }: VerdictView): string {
  return verdict.against === "absolute_limits"
    ? "The values themselves decide here, not their intervals: those decide only against a champion."
    : "";
}

export function evidenceWords({ verdict }: VerdictView): string {
  const { method, seed, draws, clusters, judgedCandidates } = verdict.evidence;
  const base = `${(method ?? "point values").replaceAll("_", " ")}${clusters === null ? "" : `, ${clusters} clusters`}, ${formatCount(draws)} bootstrap draws, seed ${seed}`;
  return `${base}. These rows had judged ${judgedCandidates} ${judgedCandidates === 1 ? "candidate" : "candidates"} before.`;
}
