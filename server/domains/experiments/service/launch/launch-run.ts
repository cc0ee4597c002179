/** Launching: a recipe, parameters and inputs become a run and the job that fills it, in one transaction. */
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { requireBlob } from "@/server/platform/blob-store/hold-blobs";
import type { ProjectContext } from "@/server/platform/context";
import type { Tx } from "@/server/platform/db";
import { Conflict, Invalid } from "@/server/platform/errors";
import { mutation, type Write } from "@/server/platform/mutation";
import { LaunchRunInput, type RecipeDefinition, type RecipeView } from "../../contract/recipe";
import { type RunInputView, RunRef, type RunView } from "../../contract/run";
import { scoringTag } from "../../contract/scoring-tag";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { checkLaunch } from "../../rules/launch/check-launch";
import { attemptsOf, commandOf, inputPath } from "../../rules/launch/launch-command";
import { listArtifactFiles } from "../../store/artifacts";
import { findExperimentByName, insertExperiment } from "../../store/experiments";
import { setScheduled } from "../../store/run-states";
import { logBatch, logInputs } from "../log";
import { requireLoggedModel } from "../logged-models";
import { requireRecipe } from "../recipes";
import { createRun, requireRun, runHex, runTopics } from "../runs";

type JobFile = { path: string; sha256: string };
type Resolved = { files: JobFile[]; datasets: RunInputView[] };
type LaunchWrite = Write<ProjectContext, unknown>;

async function datasetFiles(tx: Tx, projectId: string, name: string, given: string): Promise<Resolved> {
  const dataset = await findDatasetContent(tx, projectId, given);
  const input: RunInputView = {
    name: dataset.name,
    digest: dataset.digest.slice(0, 36),
    sourceType: "slipway",
    source: JSON.stringify({ datasetId: dataset.id, sha256: dataset.blobSha256 }),
    schema: null,
    profile: JSON.stringify({ num_rows: dataset.rows }),
    tags: [{ key: "mlflow.data.context", value: name }],
  };
  return { files: [{ path: inputPath(name, "dataset"), sha256: dataset.blobSha256 }], datasets: [input] };
}

async function modelFiles(tx: Tx, projectId: string, name: string, modelId: string): Promise<Resolved> {
  const model = await requireLoggedModel(tx, projectId, modelId);
  if (model.status !== "LOGGED_MODEL_READY")
    throw new Conflict(`The logged model ${model.name} is not ready (${model.status}).`, { field: `inputs.${name}` });
  const root = (pathOfArtifactUri(model.artifactUri) ?? "").replace(/\/$/, "");
  const rows = await listArtifactFiles(tx, projectId, root, 1_000);
  const files = rows.map((row) => ({
    path: `${inputPath(name, "logged_model")}/${row.path.slice(root.length + 1)}`,
    sha256: row.sha256,
  }));
  return { files, datasets: [] };
}

async function resolveInput(tx: Tx, projectId: string, name: string, type: string, given: string): Promise<Resolved> {
  if (type === "dataset") return datasetFiles(tx, projectId, name, given);
  if (type === "logged_model") return modelFiles(tx, projectId, name, given);
  await requireBlob(tx, projectId, `inputs.${name}`, given);
  return { files: [{ path: inputPath(name, type), sha256: given }], datasets: [] };
}

/** The files of its inputs, once each was found. */
export async function resolveInputs(
  tx: Tx,
  projectId: string,
  recipe: RecipeDefinition,
  inputs: Record<string, string>,
): Promise<Resolved> {
  const all: Resolved = { files: [], datasets: [] };
  for (const [name, given] of Object.entries(inputs)) {
    const { files, datasets } = await resolveInput(tx, projectId, name, recipe.inputs[name]?.type ?? "", given);
    all.files.push(...files);
    all.datasets.push(...datasets);
  }
  return all;
}

/** Of an experiment by name; it is made if there is none. */
export async function experimentNo(tx: Tx, projectId: string, name: string): Promise<number> {
  const found = await findExperimentByName(tx, projectId, name);
  if (found) return found.no;
  const made = await insertExperiment(tx, projectId, name, null);
  return made ? made.no : experimentNo(tx, projectId, name);
}

type Job = { recipe: RecipeView; command: string[]; files: JobFile[]; run: RunView; priority: number };

function submitRunJob(write: LaunchWrite, { recipe, command, files, run, priority }: Job) {
  const { resources } = recipe.definition;
  return submitJob.within(write, {
    name: `${recipe.name} · ${run.name}`,
    command,
    code: recipe.codeSha256,
    environment: recipe.requirementsSha256
      ? { kind: "python", requirementsSha256: recipe.requirementsSha256 }
      : { kind: "none" },
    env: { MLFLOW_RUN_ID: runHex(run.id), MLFLOW_EXPERIMENT_ID: String(run.experimentNo) },
    inputs: files,
    resources: { cpus: resources.cpus, memoryBytes: resources.memory, gpus: resources.gpus },
    timeLimitSeconds: resources.timeout,
    maxAttempts: attemptsOf(recipe.definition),
    priority,
    labels: { run: runHex(run.id), recipe: recipe.name },
  });
}

export const launchRun = mutation("experiments.launchRun", "member", LaunchRunInput, async (write) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const recipe = await requireRecipe(tx, ctx.project.id, input.recipe, input.version);
  const { values, faults } = checkLaunch(recipe.definition, input);
  const [fault] = faults;
  if (fault) throw new Invalid(`${fault.field}: ${fault.message}`, { field: fault.field });
  const { files, datasets } = await resolveInputs(tx, ctx.project.id, recipe.definition, input.inputs);
  const no = await experimentNo(tx, ctx.project.id, input.experiment ?? recipe.definition.experiment);
  const run = await createRun.within(write, {
    experimentNo: no,
    name: input.runName,
    userName: ctx.actor.name,
    tags: input.tags,
  });
  const command = commandOf(recipe.definition, values, input.inputs);
  const { jobId } = await submitRunJob(write, { recipe, command, files, run, priority: input.priority });
  const launch = {
    recipe: recipe.name,
    version: recipe.version,
    parameters: values,
    inputs: input.inputs,
    command,
    clonedFrom: input.clonedFrom,
  };
  await setScheduled(tx, run.id, { jobId, recipeId: recipe.id, launch });
  await logInputs.within(write, { runId: run.id, datasets });
  const doesScore = Object.values(recipe.definition.outputs).some((output) => output.type === "example_scores");
  const tags = [
    { key: "slipway.recipe", value: `${recipe.name}@${recipe.version}` },
    ...(doesScore ? [{ key: scoringTag, value: recipe.name }] : []),
  ];
  await logBatch.within(write, { runId: run.id, tags });
  await link({ from: { kind: "run", id: run.id }, to: { kind: "job", id: jobId }, relation: "filled by" });
  subject(
    { kind: "run", id: run.id, name: run.name },
    { recipe: recipe.name, version: recipe.version, parameters: values, inputs: input.inputs },
  );
  publish(...runTopics(run.id));
  return { runId: run.id, runHex: runHex(run.id), jobId, experimentNo: no };
});

/** Stops a launched run through its job; the job's end then ends the run. */
export const cancelRun = mutation("experiments.cancelRun", "member", RunRef, async (write) => {
  const { tx, ctx, input, subject } = write;
  const run = await requireRun(tx, ctx.project.id, input.runId);
  if (!run.jobId) throw new Conflict("This run was started outside Slipway: stop its script where it runs.");
  await cancelJob.within(write, { jobId: run.jobId });
  subject({ kind: "run", id: run.id, name: run.name });
  return { runId: run.id };
});
