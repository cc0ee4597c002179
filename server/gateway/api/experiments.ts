import { cancelRun, launchRun } from "@/server/domains/experiments/service/launch-run";
import { listModelsOfRun } from "@/server/domains/experiments/service/logged-models";
import { getRecipe, listRecipes, registerRecipe } from "@/server/domains/experiments/service/recipes";
import { getRun } from "@/server/domains/experiments/service/runs";
import { type ApiRoute, projectRoute } from "./route";

export const experimentRoutes: ApiRoute[] = [
  projectRoute("post", "/recipes", registerRecipe, "experiments", "Register a recipe; the same content is the same version", { status: 201 }),
  projectRoute("get", "/recipes", listRecipes, "experiments", "List recipes"),
  projectRoute("get", "/recipes/{name}", getRecipe, "experiments", "One recipe"),
  projectRoute("post", "/runs", launchRun, "experiments", "Launch a run from a recipe", { status: 201 }),
  projectRoute("get", "/runs/{runId}", getRun, "experiments", "One run, with metrics, parameters, tags"),
  projectRoute("get", "/runs/{runId}/models", listModelsOfRun, "experiments", "Models a run logged"),
  projectRoute("post", "/runs/{runId}/cancel", cancelRun, "experiments", "Stop a launched run"),
];
