/** What a model can be evaluated by, with the choice that was made last for it, or that fits what it was trained on. */
import { listDatasets } from "@/server/domains/catalog/service/read-catalog";
import { listReadyModels, requireLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { listCurrentRecipes } from "@/server/domains/experiments/service/recipes";
import { findTrainingDataset } from "@/server/domains/experiments/service/training-dataset";
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { type EvaluationPlan, PlanEvaluationInput } from "../contract/evaluation";
import { planScoring } from "../rules/scoring-recipe";
import { findLastRequest } from "../store/requests";
import { listCurrentSuites } from "../store/suites";

const shown = 100;
const anyOf = { loggedModelId: "m", datasetId: "d", split: "s" };

type Choices = Omit<EvaluationPlan, "chosen">;

async function chooseFor(db: Db, projectId: string, modelId: string | null, choices: Choices): Promise<EvaluationPlan["chosen"]> {
  const [suite] = choices.suites;
  const [recipe] = choices.recipes;
  const newest = (name: string | undefined) => choices.datasets.find((dataset) => dataset.name === name)?.id ?? null;
  const fallback = { loggedModelId: modelId, suite: suite?.name ?? null, recipe: recipe?.name ?? null };
  if (modelId === null) return { ...fallback, datasetId: newest(suite?.dataset) };
  const model = await requireLoggedModel(db, projectId, modelId);
  const last = await findLastRequest(db, projectId, { loggedModelId: model.id, experimentId: model.experimentId });
  const trainedOn = model.sourceRunId ? await findTrainingDataset(db, projectId, model.sourceRunId) : null;
  const trainedName = choices.datasets.find(({ id }) => id === trainedOn)?.name;
  // Likewise a suite of that dataset: another model may have been asked about other rows.
  const fitting = last?.isOfModel ? undefined : choices.suites.find(({ dataset }) => dataset === trainedName);
  const suiteName = fitting?.name ?? choices.suites.find(({ name }) => name === last?.suite)?.name ?? fallback.suite;
  // The gate asks for the dataset that the version was trained on: another model's choice does not outweigh that.
  const own = last?.isOfModel ? last.datasetId : (trainedOn ?? last?.datasetId ?? null);
  const known = choices.datasets.some(({ id }) => id === own) ? own : null;
  const suggested = choices.suites.find(({ name }) => name === suiteName)?.dataset;
  const recipeName = choices.recipes.some(({ name }) => name === last?.recipe) ? (last?.recipe ?? null) : fallback.recipe;
  return { loggedModelId: modelId, suite: suiteName, datasetId: known ?? newest(suggested), recipe: recipeName };
}

export const planEvaluation = query("evaluations.planEvaluation", "viewer", PlanEvaluationInput, async ({ db, ctx, input }): Promise<EvaluationPlan> => {
  const projectId = ctx.project.id;
  const suites = await listCurrentSuites(db, projectId);
  const recipes = (await listCurrentRecipes(db, projectId)).filter(({ definition }) => planScoring(definition, anyOf) !== null);
  const datasets = (await listDatasets(ctx, { limit: shown })).filter((dataset) => dataset.purgedAt === null);
  const models = await listReadyModels(db, projectId, shown);
  const choices: Choices = {
    models,
    suites: suites.map(({ name, version, definition }) => ({
      name, version, dataset: definition.dataset, split: definition.split, description: definition.description,
    })),
    datasets: datasets.map(({ id, name, version, rows, splits }) => ({ id, name, version, rows, splits: splits.map((split) => split.name) })),
    recipes: recipes.map(({ name, version, definition }) => ({ name, version, description: definition.description })),
  };
  return { ...choices, chosen: await chooseFor(db, projectId, input.loggedModelId, choices) };
});
