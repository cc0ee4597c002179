import { instanceRead, read, router, write } from "@/server/platform/trpc/procedures";
import { listCheckpoints } from "./service/again/checkpoints";
import { planRepeat, repeatRun } from "./service/again/repeat-run";
import { readRepetition } from "./service/again/repetition";
import { resumeRun } from "./service/again/resume-run";
import { getArtifact, listRunArtifacts } from "./service/artifacts";
import { readRunCode } from "./service/previews/run-code";
import { listRunFiles } from "./service/previews/run-files";
import { createReport, deleteReport, getReport, listReports, updateReport } from "./service/reports/reports";
import { readTableHead } from "./service/previews/table-head";
import { readComparison, readMetricColumns } from "./service/compare/comparison";
import { readPackedCurves } from "./service/compare/curves";
import { keepRunSet } from "./service/compare/run-sets";
import { deleteExperiment } from "./service/deletion/delete-experiment";
import { createExperiment, getExperiment, listExperiments, renameExperiment, restoreExperiment, setExperimentTag } from "./service/experiments";
import { cancelRun, launchRun } from "./service/launch/launch-run";
import { locateRun } from "./service/locate-run";
import { logBatch } from "./service/log";
import { getLoggedModel, listModelChoices, listModelsOfRun, searchLoggedModels } from "./service/logged-models";
import { registerRecipeArchive } from "./service/recipe-source/register-archive";
import { registerRecipeFromGit } from "./service/recipe-source/register-git";
import { getRecipe, listRecipes } from "./service/recipes";
import { previewPurge, purgeDeletedRuns } from "./service/purge/purge-runs";
import { countRuns, listRunKeys, listSparklines } from "./service/table/run-keys";
import { deleteRuns, restoreRuns, tagRuns } from "./service/table/change-runs";
import { groupRuns } from "./service/table/run-groups";
import { listRunValues } from "./service/table/run-values";
import { deleteView, listViews, saveView, updateView } from "./service/views/saved-views";
import { extendSweep, resumeSweep, stopSweep } from "./service/sweeps/control-sweep";
import { launchSweep } from "./service/sweeps/launch-sweep";
import { getSweep, listSweeps } from "./service/sweeps/read-sweeps";
import { deleteRun } from "./service/deletion/delete-run";
import { deleteRunTag, getRun, restoreRun, searchRuns, updateRun } from "./service/runs";

export const experimentsRouter = router({
  listExperiments: read(listExperiments),
  getExperiment: read(getExperiment),
  createExperiment: write(createExperiment),
  renameExperiment: write(renameExperiment),
  deleteExperiment: write(deleteExperiment),
  restoreExperiment: write(restoreExperiment),
  setExperimentTag: write(setExperimentTag),
  searchRuns: read(searchRuns),
  countRuns: read(countRuns),
  groupRuns: read(groupRuns),
  listRunKeys: read(listRunKeys),
  listRunValues: read(listRunValues),
  listSparklines: read(listSparklines),
  listViews: read(listViews),
  saveView: write(saveView),
  updateView: write(updateView),
  deleteView: write(deleteView),
  getRun: read(getRun),
  locateRun: instanceRead(locateRun),
  updateRun: write(updateRun),
  deleteRun: write(deleteRun),
  restoreRun: write(restoreRun),
  deleteRuns: write(deleteRuns),
  restoreRuns: write(restoreRuns),
  tagRuns: write(tagRuns),
  logBatch: write(logBatch),
  deleteRunTag: write(deleteRunTag),
  keepRunSet: write(keepRunSet),
  readComparison: read(readComparison),
  readMetricColumns: read(readMetricColumns),
  readPackedCurves: read(readPackedCurves),
  listRunArtifacts: read(listRunArtifacts),
  getArtifact: read(getArtifact),
  readTableHead: read(readTableHead),
  readRunCode: read(readRunCode),
  listRunFiles: read(listRunFiles),
  listReports: read(listReports),
  getReport: read(getReport),
  createReport: write(createReport),
  updateReport: write(updateReport),
  deleteReport: write(deleteReport),
  listModelsOfRun: read(listModelsOfRun),
  getLoggedModel: read(getLoggedModel),
  searchLoggedModels: read(searchLoggedModels),
  listModelChoices: read(listModelChoices),
  listRecipes: read(listRecipes),
  getRecipe: read(getRecipe),
  registerRecipeArchive: write(registerRecipeArchive),
  registerRecipeFromGit: write(registerRecipeFromGit),
  launchRun: write(launchRun),
  cancelRun: write(cancelRun),
  listCheckpoints: read(listCheckpoints),
  resumeRun: write(resumeRun),
  planRepeat: read(planRepeat),
  repeatRun: write(repeatRun),
  readRepetition: read(readRepetition),
  previewPurge: read(previewPurge),
  purgeDeletedRuns: write(purgeDeletedRuns),
  listSweeps: read(listSweeps),
  getSweep: read(getSweep),
  launchSweep: write(launchSweep),
  stopSweep: write(stopSweep),
  resumeSweep: write(resumeSweep),
  extendSweep: write(extendSweep),
});
