/** Evaluating a logged model in one step: a job scores it, and the evaluation follows by itself when the scores are there. */
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { launchRun } from "@/server/domains/experiments/service/launch/launch-run";
import { listCurrentRecipes } from "@/server/domains/experiments/service/recipes";
import type { Db } from "@/server/platform/db";
import { Conflict, Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation } from "@/server/platform/mutation";
import { EvaluateModelInput } from "../contract/evaluation";
import { planScoring, type ScoringLaunch } from "../rules/scoring-recipe";
import { findOpenRequest, insertRequest } from "../store/requests";
import { type Evaluable, requestContent, requireEvaluable } from "./create-evaluation";

type Scoring = ScoringLaunch & { recipe: string };

async function requireScoring(
  db: Db,
  projectId: string,
  { suite, model, dataset }: Evaluable,
  wanted: string | null,
): Promise<Scoring> {
  const given = { loggedModelId: model.id, datasetId: dataset.id, split: suite.definition.split };
  const recipes = await listCurrentRecipes(db, projectId);
  const fitting = recipes.flatMap(({ name, definition }) => {
    const launch = planScoring(definition, given);
    return launch ? [{ recipe: name, ...launch }] : [];
  });
  const chosen = wanted === null ? fitting[0] : fitting.find(({ recipe }) => recipe === wanted);
  if (chosen && (wanted !== null || fitting.length === 1)) return chosen;
  const names = fitting.map(({ recipe }) => recipe).join(", ");
  if (wanted !== null && recipes.some(({ name }) => name === wanted)) {
    const needs = "one logged model, one dataset and at most a split as inputs, and example_scores as an output";
    throw new Invalid(`recipe: ${wanted} can't score a model: it needs ${needs}.`, { field: "recipe" });
  }
  if (wanted !== null) throw new Invalid(`recipe: there is no recipe ${wanted}.`, { field: "recipe" });
  if (fitting.length > 1) throw new Invalid(`recipe: several can score a model (${names}): name one.`, { field: "recipe" });
  throw new Conflict("No recipe of this project can score a model: register one that takes a logged model and a dataset and writes example_scores.", {
    field: "recipe",
  });
}

/** Refused while the same is under way, so that asking twice scores once. */
export const evaluateModel = mutation("evaluations.evaluateModel", "member", EvaluateModelInput, async (write) => {
  const { tx, ctx, input, subject, publish } = write;
  const evaluable = await requireEvaluable(tx, ctx.project.id, input);
  const { suite, model, dataset } = evaluable;
  const content = requestContent(evaluable);
  const name = `${model.name} on ${suite.name} v${suite.version}`;
  const open = await findOpenRequest(tx, ctx.project.id, content);
  if (open) throw new Conflict(`${name} is being evaluated already, since ${open.requestedBy} asked.`, { evaluationId: open.id });
  const { recipe, inputs, parameters, scoresPath } = await requireScoring(tx, ctx.project.id, evaluable, input.recipe);
  const id = newId();
  const run = await launchRun.within(write, {
    recipe,
    runName: `score-${model.name}`.slice(0, 200),
    inputs,
    parameters,
    tags: [{ key: "slipway.evaluation", value: id }],
    priority: 10,
  });
  const scoring = { recipe, scoringRunId: run.runId, jobId: run.jobId, scoresPath };
  await holdDataset(tx, ctx.project.id, { kind: "evaluation", id }, dataset.id, "reads");
  await insertRequest(tx, { id, projectId: ctx.project.id, ...content, ...scoring, requestedBy: ctx.actor.name });
  const details = { loggedModelId: model.id, datasetId: dataset.id, suiteVersion: suite.version, recipe, run: run.runId };
  subject({ kind: "evaluation", id, name }, details);
  publish("evaluations", `evaluation:${id}`);
  return { evaluationId: id, ...run };
});
