import type { Db } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { listLinks } from "@/server/platform/links";
import { query } from "@/server/platform/mutation";
import { EvaluationRef, type EvaluationView, ListEvaluationsInput, ListRequestsInput } from "../contract/evaluation";
import { findEvaluation, findLatestEvaluation, listEvaluationRows } from "../store/evaluations";
import { findRequest, listUnfinished } from "../store/requests";
import { requireSuite } from "./suites";

export const listEvaluations = query(
  "evaluations.listEvaluations",
  "viewer",
  ListEvaluationsInput,
  async ({ db, ctx, input }) => {
    const rows = await listEvaluationRows(db, ctx.project.id, { ...input, limit: input.limit + 1 });
    const evaluations = rows.slice(0, input.limit);
    return { evaluations, next: rows.length > input.limit ? (evaluations.at(-1)?.id ?? null) : null };
  },
);

export const getEvaluation = query("evaluations.getEvaluation", "viewer", EvaluationRef, async ({ db, ctx, input }) => {
  const view = await findEvaluation(db, ctx.project.id, input.evaluationId);
  if (!view) throw new NotFound(`There is no evaluation ${input.evaluationId}.`);
  return { ...view, links: await listLinks(db, ctx.project.id, { kind: "evaluation", id: view.id }) };
});

/** Not there yet, or not coming: those that are under way, and those that failed and were not asked for again. */
export const listEvaluationRequests = query(
  "evaluations.listEvaluationRequests",
  "viewer",
  ListRequestsInput,
  async ({ db, ctx, input }) => ({ requests: await listUnfinished(db, ctx.project.id, input.limit) }),
);

/** An evaluation from the moment it was asked for, by the id that it will have. */
export const getEvaluationRequest = query(
  "evaluations.getEvaluationRequest",
  "viewer",
  EvaluationRef,
  async ({ db, ctx, input }) => {
    const view = await findRequest(db, ctx.project.id, input.evaluationId);
    if (!view) throw new NotFound(`There is no evaluation ${input.evaluationId}.`);
    return view;
  },
);

/** The newest evaluation of a model by the suite's current version on a dataset: what a gate stands on. */
export async function requireEvaluationFor(
  db: Db,
  projectId: string,
  by: { suite: string; loggedModelId: string; datasetId: string },
): Promise<EvaluationView> {
  const suite = await requireSuite(db, projectId, by.suite, null);
  const { loggedModelId, datasetId } = by;
  const view = await findLatestEvaluation(db, projectId, { suiteId: suite.id, loggedModelId, datasetId });
  if (view) return view;
  const next = "POST /api/v1/evaluations";
  throw new Conflict(
    `The model ${loggedModelId} has no evaluation by ${suite.name} v${suite.version} on this dataset: evaluate it first.`,
    { next },
  );
}
