/** Comparing two evaluations of the same examples: computed once a pair, kept with its method, seed and draws. */

import type { Db } from "@/server/platform/db";
import { database } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { publishLive } from "@/server/platform/live/publish";
import { mutation } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { CompareEvaluationsInput } from "../contract/evaluation";
import { type ComparisonPair, findComparisonOf, insertComparison, type StoredComparison } from "../store/comparisons";
import { type EvaluationSide, findSide } from "../store/evaluations";
import { findSuiteById } from "../store/suites";
import { readExamples } from "./examples";
import { compareInThread } from "./statistics";

async function requireSide(db: Db, projectId: string, id: string): Promise<EvaluationSide> {
  const side = await findSide(db, projectId, id);
  if (!side) throw new NotFound(`There is no evaluation ${id}.`);
  return side;
}

/** Paired statistics need one suite version and row by row the same examples. */
async function requirePair(db: Db, projectId: string, pair: ComparisonPair) {
  const candidate = await requireSide(db, projectId, pair.candidateId);
  const baseline = await requireSide(db, projectId, pair.baselineId);
  if (candidate.suiteId !== baseline.suiteId) {
    throw new Conflict(
      `${candidate.modelName} and ${baseline.modelName} were evaluated by different suites or versions: evaluate both by one.`,
    );
  }
  if (candidate.examplesDigest !== baseline.examplesDigest) {
    throw new Conflict(
      `${candidate.modelName} and ${baseline.modelName} were evaluated on different examples: evaluate both on one dataset.`,
    );
  }
  return { candidate, baseline };
}

async function compute(projectId: string, pair: ComparisonPair): Promise<void> {
  const { candidate, baseline } = await requirePair(database(), projectId, pair);
  const suite = await findSuiteById(database(), projectId, candidate.suiteId);
  if (!suite) throw new NotFound("The suite is gone.");
  const started = performance.now();
  const { examples, scores } = await readExamples(suite.definition, candidate.examplesSha256);
  const other = await readExamples(suite.definition, baseline.examplesSha256);
  const result = await compareInThread({
    kind: "compare",
    suite: suite.definition,
    examples,
    candidate: scores,
    baseline: other.scores,
  });
  const tookMs = Math.round(performance.now() - started);
  await insertComparison(database(), {
    id: newId(),
    projectId,
    suiteId: suite.id,
    candidateId: candidate.id,
    baselineId: baseline.id,
    result,
    tookMs,
  });
  publishLive(projectId, ["comparisons", `evaluation:${candidate.id}`, `evaluation:${baseline.id}`]);
}

/** Candidate − baseline, from the store or computed now (seconds): for callers that are operations themselves. */
export async function computeComparison(
  projectId: string,
  candidateId: string,
  baselineId: string,
): Promise<StoredComparison> {
  const pair = { candidateId, baselineId };
  const known = await findComparisonOf(database(), projectId, pair);
  if (known) return known;
  await compute(projectId, pair);
  const made = await findComparisonOf(database(), projectId, pair);
  if (!made) throw new Conflict("An evaluation of the comparison was deleted meanwhile.");
  return made;
}

export const comparePair = defineOperation({
  kind: "compare-evaluations",
  schema: CompareEvaluationsInput,
  run: async (run) => {
    await run.progress("computing differences and intervals", null);
    const { id, result } = await computeComparison(run.ctx.project.id, run.payload.candidateId, run.payload.baselineId);
    const { value, low, high, word } = result.overall.differences.log_loss;
    return { comparisonId: id, logLoss: { value, low, high, word } };
  },
});

export const compareEvaluations = mutation(
  "evaluations.compareEvaluations",
  "member",
  CompareEvaluationsInput,
  async (write) => {
    const { tx, ctx, input, subject } = write;
    const { candidate, baseline } = await requirePair(tx, ctx.project.id, input);
    const name = `${candidate.modelName} against ${baseline.modelName}`;
    subject({ kind: "evaluation", id: candidate.id, name }, input);
    return startOperation(write, comparePair, { kind: "evaluation", id: candidate.id, name }, input);
  },
);
