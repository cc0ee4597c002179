/** What a model can be evaluated by, with the choice that was made last for it, or that fits what it was trained on. */
import { listDatasetChoices } from "@/server/domains/catalog/service/read-catalog";
import { listReadyModels, requireLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { listCurrentRecipes } from "@/server/domains/experiments/service/recipes";
import { findTrainingDataset } from "@/server/domains/experiments/service/run-datasets";
import type { Db } from "@/server/platform/db";
import { query } from "@/server/platform/mutation";
import { type EvaluationPlan, PlanEvaluationInput } from "../contract/evaluation";
import { planScoring } from "../rules/scoring-recipe";
import { findLastRequest } from "../store/requests";
import { listCurrentSuites } from "../store/suites";

const shown = 1_000;
const anyOf = { loggedModelId: "m", datasetId: "d", split: "s" };

type Choices = Omit<EvaluationPlan, "chosen">;

/** What a model was last evaluated by and trained on: the dataset that a proposal begins with. */
async function readPast(db: Db, projectId: string, modelId: string) {
  const model = await requireLoggedModel(db, projectId, modelId);
  const last = await findLastRequest(db, projectId, { loggedModelId: model.id, experimentId: model.experimentId });
  const trainedOn = model.sourceRunId ? await findTrainingDataset(db, projectId, model.sourceRunId) : null;
  // The gate asks for the dataset that the version was trained on: another model's choice does not outweigh that.
  return { last, trainedOn, own: last?.isOfModel ? last.datasetId : (trainedOn ?? last?.datasetId ?? null) };
}

function choose(modelId: string | null, past: Awaited<ReturnType<typeof readPast>> | null, choices: Choices): EvaluationPlan["chosen"] {
  const [suite] = choices.suites;
  const [recipe] = choices.recipes;
  const newest = (name: string | undefined) => choices.datasets.find((dataset) => dataset.name === name)?.id ?? null;
  const fallback = { loggedModelId: modelId, suite: suite?.name ?? null, recipe: recipe?.name ?? null };
  if (past === null) return { ...fallback, datasetId: newest(suite?.dataset) };
  const { last, trainedOn, own } = past;
  const trainedName = choices.datasets.find(({ id }) => id === trainedOn)?.name;
  // Likewise a suite of that dataset: another model may have been asked about other rows.
  const fitting = last?.isOfModel ? undefined : choices.suites.find(({ dataset }) => dataset === trainedName);
  const suiteName = fitting?.name ?? choices.suites.find(({ name }) => name === last?.suite)?.name ?? fallback.suite;
  const known = choices.datasets.some(({ id }) => id === own) ? own : null;
  const suggested = choices.suites.find(({ name }) => name === suiteName)?.dataset;
  const recipeName = choices.recipes.some(({ name }) => name === last?.recipe) ? (last?.recipe ?? null) : fallback.recipe;
  return { loggedModelId: modelId, suite: suiteName, datasetId: known ?? newest(suggested), recipe: recipeName };
}

export const planEvaluation = query("evaluations.planEvaluation", "viewer", PlanEvaluationInput, async ({ db, ctx, input }): Promise<EvaluationPlan> => {
  const projectId = ctx.project.id;
  const suites = await listCurrentSuites(db, projectId);
  const recipes = (await listCurrentRecipes(db, projectId)).filter(({ definition }) => planScoring(definition, anyOf) !== null);
  const past = input.loggedModelId === null ? null : await readPast(db, projectId, input.loggedModelId);
  const datasets = await listDatasetChoices(ctx, { also: [past?.own, past?.trainedOn].flatMap((id) => (id ? [id] : [])) });
  const models = await listReadyModels(db, projectId, { also: input.loggedModelId, limit: shown });
  const choices: Choices = {
    models,
    suites: suites.map(({ name, version, definition }) => ({
      name, version, dataset: definition.dataset, split: definition.split, description: definition.description,
    })),
    datasets: datasets.map(({ id, name, version, rows, splits }) => ({ id, name, version, rows, splits: splits.map((split) => split.name) })),
    recipes: recipes.map(({ name, version, definition }) => ({ name, version, description: definition.description })),
  };
  return { ...choices, chosen: choose(input.loggedModelId, past, choices) };
});
