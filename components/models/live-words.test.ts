import { expect, it } from "vitest";
import type { VerdictView } from "@/server/domains/models/contract";
import { candidateWords, chooseVersion, liveWords } from "./live-words";

const verdict = (outcome: "passed" | "refused"): VerdictView => ({
  id: "1", outcome, suite: "s", suiteVersion: 1, version: 2, againstVersion: 1, evaluationId: "e", comparisonId: null, skewCheckId: null, createdAt: new Date(0),
  verdict: { outcome, against: "champion", checks: [], slices: [], evidence: { method: null, seed: 1, draws: 1, clusters: null, judgedCandidates: 0 } },
});
const version = (number: number, outcome: "passed" | "refused" | null, more: object = {}) => ({ version: number, verdict: outcome && verdict(outcome), aliases: [] as string[], notServable: null, ...more });
const champion = version(2, "passed", { aliases: ["champion"] });

it("opens on what is live while the newest is refused or can't serve, and on the newest while it waits for somebody", () => {
  const opens = (newest: ReturnType<typeof version>) => chooseVersion([newest, champion, version(1, "passed")], champion)?.version;
  expect(opens(version(3, "refused"))).toBe(2);
  expect(opens(version(3, null, { notServable: "It has no ONNX file." }))).toBe(2);
  expect(opens(version(3, null))).toBe(3);
  expect(opens(version(3, "passed"))).toBe(3);
  expect(chooseVersion([version(4, "passed"), version(3, "refused")], null)?.version).toBe(4);
  expect(chooseVersion([], null)).toBeNull();
});

it("opens on what is live though it is older than all that are listed", () => {
  const listed = [version(120, "refused"), version(119, "refused")];
  expect(chooseVersion(listed, champion)?.version).toBe(2);
  expect(chooseVersion([version(120, null)], champion)?.version).toBe(120);
});

it("never takes a candidate's refusal for the champion's", () => {
  expect(candidateWords({ suite: "s" }, version(3, "refused"))).toMatch(/what is live is not touched/);
  expect(liveWords({ suite: "s" }, champion)).toBe("The gate passed it against the champion v1.");
  expect(liveWords({ suite: "s" }, version(1, "refused"))).toBe("It became champion although the gate refused it.");
  expect(liveWords({ suite: "s" }, version(1, null))).toBe("No gate has judged it.");
});
