import { cancelRun, launchRun } from "@/server/domains/experiments/service/launch/launch-run";
import { listModelsOfRun } from "@/server/domains/experiments/service/logged-models";
import { getRecipe, listRecipes, registerRecipe } from "@/server/domains/experiments/service/recipes";
import { exportRunsCsv, exportRunsParquet } from "@/server/domains/experiments/service/table/export-runs";
import { submitRun } from "@/server/domains/experiments/service/launch/submit-run";
import { getRun } from "@/server/domains/experiments/service/runs";
import { extendSweep, resumeSweep, stopSweep } from "@/server/domains/experiments/service/sweeps/control-sweep";
import { launchSweep } from "@/server/domains/experiments/service/sweeps/launch-sweep";
import { getSweep, listSweeps } from "@/server/domains/experiments/service/sweeps/read-sweeps";
import { type ApiRoute, projectRoute } from "./route";

export const experimentRoutes: ApiRoute[] = [
  projectRoute("post", "/recipes", registerRecipe, "experiments", "Register a recipe; the same content is the same version", { status: 201 }),
  projectRoute("get", "/recipes", listRecipes, "experiments", "List recipes"),
  projectRoute("get", "/recipes/{name}", getRecipe, "experiments", "One recipe"),
  projectRoute("get", "/runs.csv", exportRunsCsv, "experiments", "All runs of a filter as CSV", { file: { type: "text/csv; charset=utf-8", name: "runs.csv" } }),
  projectRoute("get", "/runs.parquet", exportRunsParquet, "experiments", "All runs of a filter as Parquet", { file: { type: "application/vnd.apache.parquet", name: "runs.parquet" } }),
  projectRoute("post", "/runs", launchRun, "experiments", "Launch a run from a recipe", { status: 201 }),
  projectRoute("post", "/runs/submit", submitRun, "experiments", "Submit a command with its code, without a recipe", { status: 201 }),
  projectRoute("get", "/runs/{runId}", getRun, "experiments", "One run, with metrics, parameters, tags"),
  projectRoute("get", "/runs/{runId}/models", listModelsOfRun, "experiments", "Models a run logged"),
  projectRoute("post", "/runs/{runId}/cancel", cancelRun, "experiments", "Stop a launched run"),
  projectRoute("post", "/sweeps", launchSweep, "experiments", "Launch a sweep of a recipe", { status: 201 }),
  projectRoute("get", "/sweeps", listSweeps, "experiments", "List sweeps"),
  projectRoute("get", "/sweeps/{sweepId}", getSweep, "experiments", "One sweep with its trials"),
  projectRoute("post", "/sweeps/{sweepId}/stop", stopSweep, "experiments", "Stop a sweep"),
  projectRoute("post", "/sweeps/{sweepId}/resume", resumeSweep, "experiments", "Go on with a stopped sweep"),
  projectRoute("post", "/sweeps/{sweepId}/extend", extendSweep, "experiments", "Change a sweep's budget or parallelism"),
];
