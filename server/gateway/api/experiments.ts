import { readComparison, readMetricColumns } from "@/server/domains/experiments/service/compare/comparison";
import { readCurves } from "@/server/domains/experiments/service/compare/curves";
import { keepRunSet } from "@/server/domains/experiments/service/compare/run-sets";
import { getExperiment, listExperiments } from "@/server/domains/experiments/service/experiments";
import { listCheckpoints } from "@/server/domains/experiments/service/again/checkpoints";
import { planRepeat, repeatRun } from "@/server/domains/experiments/service/again/repeat-run";
import { readRepetition } from "@/server/domains/experiments/service/again/repetition";
import { resumeRun } from "@/server/domains/experiments/service/again/resume-run";
import { deleteExperiment } from "@/server/domains/experiments/service/deletion/delete-experiment";
import { deleteRun } from "@/server/domains/experiments/service/deletion/delete-run";
import { cancelRun, launchRun } from "@/server/domains/experiments/service/launch/launch-run";
import { listModelsOfRun } from "@/server/domains/experiments/service/logged-models";
import { registerRecipeArchive } from "@/server/domains/experiments/service/recipe-source/register-archive";
import { registerRecipeFromGit } from "@/server/domains/experiments/service/recipe-source/register-git";
import { getRecipe, listRecipes, registerRecipe } from "@/server/domains/experiments/service/recipes";
import { exportRunsCsv, exportRunsParquet } from "@/server/domains/experiments/service/table/export-runs";
import { submitRun } from "@/server/domains/experiments/service/launch/submit-run";
import { createReport, deleteReport, getReport, listReports, updateReport } from "@/server/domains/experiments/service/reports/reports";
import { countRuns } from "@/server/domains/experiments/service/table/run-keys";
import { getRun, searchRuns } from "@/server/domains/experiments/service/runs";
import { extendSweep, resumeSweep, stopSweep } from "@/server/domains/experiments/service/sweeps/control-sweep";
import { launchSweep } from "@/server/domains/experiments/service/sweeps/launch-sweep";
import { getSweep, listSweeps } from "@/server/domains/experiments/service/sweeps/read-sweeps";
import { deleteRuns, restoreRuns, tagRuns } from "@/server/domains/experiments/service/table/change-runs";
import { groupRuns } from "@/server/domains/experiments/service/table/run-groups";
import { deleteView, listViews, saveView, updateView } from "@/server/domains/experiments/service/views/saved-views";
import { type ApiRoute, projectRoute } from "./route";

export const experimentRoutes: ApiRoute[] = [
  projectRoute("post", "/recipes", registerRecipe, "experiments", "Register a recipe; the same content is the same version", { status: 201 }),
  projectRoute("post", "/recipes/archive", registerRecipeArchive, "experiments", "Register a recipe from a stored zip or tar.gz of its folder", { status: 201 }),
  projectRoute("post", "/recipes/git", registerRecipeFromGit, "experiments", "Register a recipe from a git repository; the version is the operation's result", { status: 202 }),
  projectRoute("get", "/recipes", listRecipes, "experiments", "List recipes"),
  projectRoute("get", "/recipes/{name}", getRecipe, "experiments", "One recipe"),
  projectRoute("get", "/experiments", listExperiments, "experiments", "List experiments"),
  projectRoute("get", "/experiments/{experimentNo}", getExperiment, "experiments", "One experiment"),
  projectRoute("get", "/experiments/{experimentNo}/views", listViews, "experiments", "List saved views: one's own and shared ones"),
  projectRoute("post", "/experiments/{experimentNo}/views", saveView, "experiments", "Save a view of the runs table", { status: 201 }),
  projectRoute("patch", "/views/{viewId}", updateView, "experiments", "Rename, overwrite or share a view"),
  projectRoute("delete", "/views/{viewId}", deleteView, "experiments", "Delete a view"),
  projectRoute("post", "/runs/search", searchRuns, "experiments", "Runs of a filter in an order, a page at a time"),
  projectRoute("post", "/runs/count", countRuns, "experiments", "How many runs match, to 10,000"),
  projectRoute("post", "/runs/groups", groupRuns, "experiments", "Runs grouped by a parameter or tag, with mean and deviation"),
  projectRoute("post", "/runs/compare", readComparison, "experiments", "Parameters, tags and metrics of up to 1,000 runs side by side"),
  projectRoute("post", "/runs/metric-columns", readMetricColumns, "experiments", "Summaries of metrics over compared runs"),
  projectRoute("post", "/runs/curves", readCurves, "experiments", "A metric's curves over compared runs, every extremum kept"),
  projectRoute("post", "/runs/sets", keepRunSet, "experiments", "Keep a set of runs under a short id", { status: 201 }),
  projectRoute("post", "/runs/tag", tagRuns, "experiments", "Tag chosen runs, or all of a filter"),
  projectRoute("post", "/runs/delete", deleteRuns, "experiments", "Delete chosen runs, or all of a filter; they can be restored"),
  projectRoute("post", "/runs/restore", restoreRuns, "experiments", "Restore deleted runs"),
  projectRoute("get", "/runs.csv", exportRunsCsv, "experiments", "All runs of a filter as CSV", { file: { type: "text/csv; charset=utf-8", name: "runs.csv" } }),
  projectRoute("get", "/runs.parquet", exportRunsParquet, "experiments", "All runs of a filter as Parquet", { file: { type: "application/vnd.apache.parquet", name: "runs.parquet" } }),
  projectRoute("post", "/runs", launchRun, "experiments", "Launch a run from a recipe", { status: 201 }),
  projectRoute("post", "/runs/submit", submitRun, "experiments", "Submit a command with its code, without a recipe", { status: 201 }),
  projectRoute("get", "/runs/{runId}", getRun, "experiments", "One run, with metrics, parameters, tags"),
  projectRoute("get", "/runs/{runId}/models", listModelsOfRun, "experiments", "Models a run logged"),
  projectRoute("delete", "/runs/{runId}", deleteRun, "experiments", "Delete a run; it can be restored"),
  projectRoute("delete", "/experiments/{experimentNo}", deleteExperiment, "experiments", "Delete an experiment; it can be restored"),
  projectRoute("post", "/runs/{runId}/cancel", cancelRun, "experiments", "Stop a launched run"),
  projectRoute("get", "/runs/{runId}/checkpoints", listCheckpoints, "experiments", "Checkpoints a run logged, newest first"),
  projectRoute("post", "/runs/{runId}/resume", resumeRun, "experiments", "Let a run that did not finish go on from a checkpoint", { status: 201 }),
  projectRoute("get", "/runs/{runId}/repeat", planRepeat, "experiments", "What would be the same if a run were run again, or why it can't be"),
  projectRoute("post", "/runs/{runId}/repeat", repeatRun, "experiments", "Run again exactly: same code, packages, data, parameters", { status: 201 }),
  projectRoute("get", "/runs/{runId}/repetition", readRepetition, "experiments", "How a run differs from the one that it repeats"),
  projectRoute("post", "/sweeps", launchSweep, "experiments", "Launch a sweep of a recipe", { status: 201 }),
  projectRoute("get", "/sweeps", listSweeps, "experiments", "List sweeps"),
  projectRoute("get", "/sweeps/{sweepId}", getSweep, "experiments", "One sweep with its trials"),
  projectRoute("post", "/sweeps/{sweepId}/stop", stopSweep, "experiments", "Stop a sweep"),
  projectRoute("post", "/sweeps/{sweepId}/resume", resumeSweep, "experiments", "Go on with a stopped sweep"),
  projectRoute("post", "/sweeps/{sweepId}/extend", extendSweep, "experiments", "Change a sweep's budget or parallelism"),
  projectRoute("get", "/reports", listReports, "experiments", "List reports"),
  projectRoute("post", "/reports", createReport, "experiments", "Make a report of text and comparisons", { status: 201 }),
  projectRoute("get", "/reports/{reportId}", getReport, "experiments", "One report with its blocks"),
  projectRoute("patch", "/reports/{reportId}", updateReport, "experiments", "Change a report that did not change since it was read"),
  projectRoute("delete", "/reports/{reportId}", deleteReport, "experiments", "Delete a report"),
];
