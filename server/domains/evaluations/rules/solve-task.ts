// The statistics of one evaluation or comparison from plain columns: what the worker thread computes.
import type { ComparisonResult, EvaluationResult } from "../contract/result";
import type { SuiteDefinition } from "../contract/suite";
import { compareScores, type Judgement } from "./compare-scores";
import { evaluateScores } from "./evaluate-scores";
import { assignSlices, type SliceValue } from "./slices";
import { indexClusters } from "./statistics/clusters";

/** One entry a row, in the order of ids; `clusters` is null where the suite names none. */
export type ExampleColumns = {
  labels: Uint8Array;
  clusters: string[] | null;
  slices: Record<string, SliceValue[]>;
};

export type EvaluateTask = { kind: "evaluate"; suite: SuiteDefinition; examples: ExampleColumns; scores: Float64Array };
export type CompareTask = {
  kind: "compare";
  suite: SuiteDefinition;
  examples: ExampleColumns;
  candidate: Float64Array;
  baseline: Float64Array;
};

function sampleOf({ labels, clusters }: ExampleColumns) {
  return { labels, clusters: clusters === null ? null : indexClusters(clusters) };
}

/** Non-inferiority has no family-wise error of its own; words are then given at the usual 5 %. */
function judgementOf({ gate }: SuiteDefinition): Judgement {
  return { floor: gate.slices.floor, alpha: gate.slices.rule === "harm" ? gate.slices.alpha : 0.05 };
}

export function solveEvaluation({ suite, examples, scores }: EvaluateTask): EvaluationResult {
  const slices = assignSlices(suite.slices, examples.slices);
  return evaluateScores(sampleOf(examples), scores, slices, { seed: suite.seed });
}

export function solveComparison({ suite, examples, candidate, baseline }: CompareTask): ComparisonResult {
  const slices = assignSlices(suite.slices, examples.slices);
  return compareScores(sampleOf(examples), { candidate, baseline }, slices, judgementOf(suite), { seed: suite.seed });
}
