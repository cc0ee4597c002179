import { describe, expect, it } from "vitest";
import type { VerdictView } from "@/server/domains/models/contract";
import { decidedByWords, verdictSentence } from "./verdict-words";

const viewOf = (against: VerdictView["verdict"]["against"], passed: boolean): VerdictView => ({
  id: "v", outcome: passed ? "passed" : "refused", suite: "s", suiteVersion: 1, version: 2, againstVersion: against === "champion" ? 1 : null,
  verdict: {
    outcome: passed ? "passed" : "refused", against, slices: [],
    checks: [{ name: "calibration", passed, value: 0.02, limit: 0.015, estimate: null, reason: "ECE 0.0200, at most 0.0150" }],
    evidence: { method: null, seed: 1, draws: 2000, clusters: null, judgedCandidates: 0 },
  },
  evaluationId: "e", comparisonId: null, skewCheckId: null, createdAt: new Date(0),
});

describe("a verdict in words", () => {
  it("says that the values decide on a first version, and nothing of the sort where a champion is beaten by an interval", () => {
    expect(decidedByWords(viewOf("absolute_limits", true))).toMatch(/^The values themselves decide here, not their intervals/);
    expect(decidedByWords(viewOf("champion", true))).toBe("");
  });

  it("names what refused, and against what", () => {
    expect(verdictSentence(viewOf("absolute_limits", false))).toBe("Version 2 is refused against the absolute limits for a first version: ECE 0.0200, at most 0.0150.");
    expect(verdictSentence(viewOf("champion", true))).toBe("Version 2 passes against the champion v1.");
  });
});
