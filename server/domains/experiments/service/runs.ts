import { holdDatasetsAgain } from "@/server/domains/catalog/service/retention/hold-dataset";
import type { ProjectContext } from "@/server/platform/context";
import type { Db, Tx } from "@/server/platform/db";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { ingest, mutation, query } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import { CreateRunInput, RunRef, type RunDetail, type RunView, SearchRunsInput, UpdateRunInput } from "../contract/run";
import { parseFilterInput, parseOrderInput } from "../rules/parse-filter-input";
import { makeRunName } from "../rules/run-name";
import { readCostOfJobs } from "./costs/run-cost";
import { findPromises } from "./recipes";
import { holdersAmong, readsRelation } from "../store/dataset-holds";
import { listModelInputs, listRunInputs, listRunOutputs } from "../store/inputs/run-inputs";
import { listJobsOfRuns } from "../store/run-jobs";
import { deleteRunTagRow, putRunTags } from "../store/run-pairs";
import { type RunOutcome, setEnded } from "../store/run-states";
import { hydrateRuns } from "../store/run-views";
import { findRun, insertRun, listRunNames, type RunRow, updateRunRow } from "../store/runs";
import { searchRunIds } from "../store/search/run-search";
import { moveRuns } from "../store/table/change-runs";
import { requireExperiment } from "./experiments";
import { isOverBy } from "./metrics/attempts";

const nameTag = "mlflow.runName";
const parentTag = "mlflow.parentRunId";

export const runHex = (id: string): string => id.replaceAll("-", "");
export const runTopics = (runId: string): string[] => ["runs", `run:${runId}`];

export async function requireRun(db: Db, projectId: string, runId: string): Promise<RunRow> {
  const row = await findRun(db, projectId, runId);
  if (!row) throw new NotFound(`Run with id=${runHex(runId)} not found`);
  return row;
}

/** A run's own job may have been left to its end when the run was deleted: it logs on. */
export async function requireActiveRun(db: Db, { project, actor }: Pick<ProjectContext, "project" | "actor">, runId: string): Promise<RunRow> {
  const row = await requireRun(db, project.id, runId);
  const isItsJob = actor.attempt !== undefined && actor.attempt.jobId === row.jobId;
  if (row.lifecycleStage !== "active" && !isItsJob) throw new Invalid(`The run ${runHex(runId)} must be in the 'active' state. Current state is deleted.`, { field: "run_id" });
  return row;
}

async function viewOf(db: Db, projectId: string, runId: string): Promise<RunView> {
  const [view] = await hydrateRuns(db, projectId, [runId]);
  if (!view) throw new NotFound(`Run with id=${runHex(runId)} not found`);
  return view;
}

/** A run's name stands in a tag too; the two must not disagree. */
function nameOfRun(name: string, tags: readonly { key: string; value: string }[]): string {
  const tagged = tags.find((tag) => tag.key === nameTag)?.value;
  if (name && tagged && name !== tagged) {
    throw new Invalid(`Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${name}', mlflow.runName='${tagged}').`, { field: "run_name" });
  }
  return name || tagged || makeRunName(Math.random);
}

async function parentOf(tx: Tx, projectId: string, tags: readonly { key: string; value: string }[]): Promise<string | null> {
  const hex = tags.find((tag) => tag.key === parentTag)?.value;
  if (!hex || !/^[0-9a-f]{32}$/.test(hex)) return null;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return (await findRun(tx, projectId, id))?.id ?? null;
}

export const createRun = ingest("experiments.createRun", "member", CreateRunInput, async ({ tx, ctx, input, publish }) => {
  const experiment = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  if (experiment.lifecycleStage !== "active") throw new Invalid(`The experiment ${experiment.no} must be in the 'active' state. Current state is deleted.`, { field: "experiment_id" });
  const id = newId();
  const name = nameOfRun(input.name, input.tags);
  const row = await insertRun(tx, {
    id, projectId: ctx.project.id, experimentId: experiment.id, name, userName: input.userName, startTime: input.startTime,
    artifactUri: `${experiment.artifactLocation.replace(/\/+$/, "")}/${runHex(id)}/artifacts`,
    parentRunId: await parentOf(tx, ctx.project.id, input.tags),
  });
  await putRunTags(tx, row, [...input.tags.filter((tag) => tag.key !== nameTag), { key: nameTag, value: name }]);
  await putSearchEntry(tx, ctx.project.id, { kind: "run", objectId: id, title: name, detail: experiment.name, path: `/experiments/runs/${runHex(id)}` });
  publish(...runTopics(id), "experiments", `experiment:${experiment.no}`);
  return viewOf(tx, ctx.project.id, id);
});

export const updateRun = ingest("experiments.updateRun", "member", UpdateRunInput, async ({ tx, ctx, input, publish }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  const isAttemptOver = await isOverBy(tx, run, ctx.actor, input.status);
  await updateRunRow(tx, run.id, { status: input.status, endTime: input.endTime, name: input.name || undefined, isAttemptOver });
  if (input.name) await putRunTags(tx, run, [{ key: nameTag, value: input.name }]);
  publish(...runTopics(run.id), "experiments");
  return viewOf(tx, ctx.project.id, run.id);
});

export const getRun = query("experiments.getRun", "viewer", RunRef, async ({ db, ctx, input }): Promise<RunDetail> => {
  const view = await viewOf(db, ctx.project.id, input.runId);
  const inputs = await listRunInputs(db, input.runId);
  const modelInputs = await listModelInputs(db, input.runId);
  const outputs = await listRunOutputs(db, input.runId);
  const jobIds = view.jobId === null ? [] : await listJobsOfRuns(db, ctx.project.id, [view.id]);
  return {
    ...view,
    jobIds,
    promises: await findPromises(db, view.recipeId),
    cost: jobIds.length === 0 ? null : await readCostOfJobs(db, ctx.project.id, jobIds),
    inputs,
    modelInputs,
    outputs,
  };
});

export const searchRuns = query("experiments.searchRuns", "viewer", SearchRunsInput, async ({ db, ctx, input }) => {
  const { ids, next } = await searchRunIds(db, {
    projectId: ctx.project.id, experimentNos: input.experimentNos, conditions: parseFilterInput(input.filter),
    order: parseOrderInput(input.orderBy), view: input.view, pageToken: input.pageToken, limit: input.limit,
  });
  return { runs: await hydrateRuns(db, ctx.project.id, ids, input.columns), next };
});

export const restoreRun = mutation("experiments.restoreRun", "member", RunRef, async ({ tx, ctx, input, subject, publish }) => {
  const run = await requireRun(tx, ctx.project.id, input.runId);
  await moveRuns(tx, [run.id], "active");
  await putSearchEntry(tx, ctx.project.id, { kind: "run", objectId: run.id, title: run.name, path: `/experiments/runs/${runHex(run.id)}` });
  await holdDatasetsAgain(tx, ctx.project.id, "run", holdersAmong([run.id]), readsRelation);
  subject({ kind: "run", id: run.id, name: run.name });
  publish(...runTopics(run.id), "experiments");
  return {};
});

export const deleteRunTag = mutation("experiments.deleteRunTag", "member", RunRef.extend({ key: CreateRunInput.shape.tags.unwrap().element.shape.key }), async ({ tx, ctx, input, subject, publish }) => {
  const run = await requireActiveRun(tx, ctx, input.runId);
  if (!(await deleteRunTagRow(tx, run, input.key))) throw new NotFound(`No tag with name: ${input.key} in run with id ${runHex(run.id)}`);
  subject({ kind: "run", id: run.id, name: run.name }, { tag: input.key });
  publish(...runTopics(run.id));
  return {};
});

/** Ends a run that its job left open; one that its own script ended keeps its word. */
export async function endRunOfJob(tx: Tx, run: RunRow, outcome: RunOutcome): Promise<void> {
  const isMoved = await setEnded(tx, run.id, outcome);
  if (!isMoved && outcome.status !== "FINISHED") throw new Conflict("The run is gone.");
}

/** For pages of other domains that speak of a run; one that is gone has none. */
export async function namesOfRuns(db: Db, projectId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  return new Map((await listRunNames(db, projectId, ids)).map(({ id, name }) => [id, name]));
}
