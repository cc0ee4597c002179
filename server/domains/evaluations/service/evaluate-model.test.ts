/** Asking for an evaluation: the job, what follows its end, and what is said when it goes wrong. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { datasets } from "@/drizzle/schema/catalog";
import { pathOfArtifactUri } from "@/server/domains/experiments/rules/artifact-path";
import { uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import { logInputs } from "@/server/domains/experiments/service/log";
import { createLoggedModel, finalizeLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { registerRecipe } from "@/server/domains/experiments/service/recipes";
import { createRun, getRun } from "@/server/domains/experiments/service/runs";
import { blobStore, storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { listLinks } from "@/server/platform/links";
import { cancelOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { SuiteDefinition } from "../contract/suite";
import { finishOperation, scoresSql, storeDataset, storeModel, storeParquet } from "../testing/test-evaluations";
import { createEvaluation } from "./create-evaluation";
import { evaluateModel } from "./evaluate-model";
import { followScoring } from "./follow-scoring";
import { planEvaluation } from "./plan-evaluation";
import { getEvaluation, getEvaluationRequest, listEvaluationRequests } from "./read-evaluations";
import { applySuite } from "./suites";

const suite = SuiteDefinition.parse({
  kind: "suite", name: "late", dataset: "flights", split: "evaluation", label: "late", id: "flight_id", cluster: "day",
});

async function addRecipe({ ctx }: TestProject, name: string, inputs: Record<string, { type: string }>) {
  const { sha256 } = await storeBlob(ctx, Readable.from(["code"]), {});
  const outputs = { scores: { type: "example_scores" } };
  const parameters = { type: "object", properties: { split: { type: "string", default: "train" } } };
  const definition = { kind: "recipe", name, experiment: "scoring", command: ["score"], inputs, outputs, parameters };
  await registerRecipe(ctx, { definition, codeSha256: sha256 } as Parameters<typeof registerRecipe>[1]);
}

const both = { data: { type: "dataset" }, candidate: { type: "logged_model" } };

let made: TestProject;
let loggedModelId: string;
let datasetId: string;

beforeEach(async () => {
  made = await testProject("member");
  datasetId = await storeDataset(made.ctx, "flights");
  loggedModelId = await storeModel(made.ctx, "gbdt");
  await applySuite(made.ctx, { definition: suite });
  await addRecipe(made, "score", both);
  await addRecipe(made, "train", { data: { type: "dataset" } });
});

async function putScores(runId: string, select: string) {
  const sha256 = await storeParquet(made.ctx, select);
  const root = pathOfArtifactUri((await getRun(made.ctx, { runId })).artifactUri);
  await uploadArtifact(made.ctx, `${root}/scores.parquet`, createReadStream(await blobStore().localPath(sha256)), {});
}

const ask = () => evaluateModel(made.ctx, { suite: "late", loggedModelId });
const ended = (jobId: string, state: string, message: string | null = null) => followScoring(made.project.id, { jobId, state, message });
const stateOf = (evaluationId: string) => getEvaluationRequest(made.ctx, { evaluationId });

describe("evaluateModel", () => {
  it("launches the one recipe that fits, on the suite's split, and is seen from the start", async () => {
    const { evaluationId, runId } = await ask();
    const run = await getRun(made.ctx, { runId });
    expect(run.launch).toMatchObject({ recipe: "score", parameters: { split: "evaluation" }, inputs: { data: datasetId, candidate: loggedModelId } });
    expect(run.tags).toContainEqual({ key: "slipway.scoring", value: "score" });
    const { requests } = await listEvaluationRequests(made.ctx, {});
    expect(requests).toMatchObject([{ id: evaluationId, state: "scoring", recipe: "score", scoringRunId: runId, model: { name: "gbdt" } }]);
  });

  it("computes the evaluation when the scores are there, once, however often it is told", async () => {
    const { evaluationId, runId, jobId } = await ask();
    await putScores(runId, scoresSql(0.2));
    await Promise.all([ended(jobId, "succeeded"), ended(jobId, "succeeded")]);
    const computing = await stateOf(evaluationId);
    expect(computing).toMatchObject({ state: "computing", reason: null });
    await finishOperation(made.ctx, { operationId: computing.operationId ?? "" });
    expect(await stateOf(evaluationId)).toMatchObject({ state: "done", evaluationId });
    expect(await getEvaluation(made.ctx, { evaluationId })).toMatchObject({ scoringRunId: runId, createdBy: made.ctx.actor.name });
    expect((await listEvaluationRequests(made.ctx, {})).requests).toEqual([]);
  });

  it("names the earlier evaluation where the scores are the same again", async () => {
    const ids: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const { evaluationId, runId, jobId } = await ask();
      await putScores(runId, scoresSql(0.2));
      await ended(jobId, "succeeded");
      await finishOperation(made.ctx, { operationId: (await stateOf(evaluationId)).operationId ?? "" });
      ids.push(evaluationId);
    }
    expect(await stateOf(ids[1] ?? "")).toMatchObject({ state: "done", evaluationId: ids[0] });
  });

  it("asked twice at once it scores once; a viewer may not ask", async () => {
    const asked = await Promise.allSettled([ask(), ask()]);
    expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(ask()).rejects.toThrow(/being evaluated already/);
    await expect(evaluateModel(await made.as("viewer"), { suite: "late", loggedModelId })).rejects.toThrow(Forbidden);
  });

  it("says what failed: the job, its missing scores, or a cancelled computation; and can be asked again", async () => {
    const failed = await ask();
    await ended(failed.jobId, "failed", "exit code 3");
    expect(await stateOf(failed.evaluationId)).toMatchObject({ state: "failed", reason: "The scoring job did not succeed: exit code 3" });
    const empty = await ask();
    await ended(empty.jobId, "succeeded");
    expect(await stateOf(empty.evaluationId)).toMatchObject({ state: "failed", reason: "The run has no artifact scores.parquet." });
    expect((await listEvaluationRequests(made.ctx, {})).requests.map(({ id }) => id)).toEqual([empty.evaluationId]);
    // A job that was lost may turn out to have succeeded after all.
    await putScores(empty.runId, scoresSql(0.2));
    await ended(empty.jobId, "succeeded");
    const { operationId } = await stateOf(empty.evaluationId);
    await cancelOperation(made.ctx, { operationId: operationId ?? "" });
    expect(await stateOf(empty.evaluationId)).toMatchObject({ state: "failed", reason: "The computation was cancelled." });
  });

  it("holds its dataset until it ends without an evaluation, whichever way", async () => {
    const holders = async () => (await listLinks(database(), made.project.id, { kind: "dataset", id: datasetId })).filter((link) => link.hold && link.from.kind === "evaluation").map((link) => link.from.id);
    const failed = await ask();
    expect(await holders()).toEqual([failed.evaluationId]);
    await ended(failed.jobId, "failed", "exit code 3");
    expect(await holders()).toEqual([]);
    // A job that was lost may turn out to have succeeded after all.
    await putScores(failed.runId, scoresSql(0.2));
    await ended(failed.jobId, "succeeded");
    expect(await holders()).toEqual([failed.evaluationId]);
    await cancelOperation(made.ctx, { operationId: (await stateOf(failed.evaluationId)).operationId ?? "" });
    expect(await holders()).toEqual([]);
    const measure = async (select: string) => finishOperation(made.ctx, await createEvaluation(made.ctx, { suite: "late", loggedModelId, scores: { sha256: await storeParquet(made.ctx, select) } }));
    expect(await measure("select 1 as flight_id")).toMatchObject({ state: "failed" });
    expect(await holders()).toEqual([]);
    const first = await measure(scoresSql(0.1));
    expect(await measure(scoresSql(0.1))).toMatchObject({ result: { evaluationId: first.result?.evaluationId, unchanged: true } });
    expect(await holders()).toEqual([first.result?.evaluationId]);
  });

  it("refuses a recipe that can't score, asks which of several, and needs one at all", async () => {
    await expect(evaluateModel(made.ctx, { suite: "late", loggedModelId, recipe: "train" })).rejects.toThrow(/train can't score a model/);
    await expect(evaluateModel(made.ctx, { suite: "late", loggedModelId, recipe: "other" })).rejects.toThrow(Invalid);
    await addRecipe(made, "score-slowly", both);
    await expect(ask()).rejects.toThrow(/several can score a model \(score, score-slowly\)/);
    const bare = await testProject("member");
    await storeDataset(bare.ctx, "flights");
    await applySuite(bare.ctx, { definition: suite });
    await expect(evaluateModel(bare.ctx, { suite: "late", loggedModelId: await storeModel(bare.ctx, "m") })).rejects.toThrow(Conflict);
  });
});

describe("planEvaluation", () => {
  it("offers what fits, and what was chosen last for the model", async () => {
    const plan = await planEvaluation(made.ctx, { loggedModelId });
    expect(plan).toMatchObject({
      models: [{ id: loggedModelId, name: "gbdt" }], suites: [{ name: "late" }], recipes: [{ name: "score" }],
      chosen: { suite: "late", datasetId, recipe: "score" },
    });
    const other = await storeDataset(made.ctx, "more_flights");
    await evaluateModel(made.ctx, { suite: "late", loggedModelId, dataset: other });
    expect((await planEvaluation(made.ctx, { loggedModelId })).chosen.datasetId).toBe(other);
  });

  it("offers a dataset that stays however many were purged or built to be thrown away after it", async () => {
    const values = { projectId: made.project.id, definition: {}, blobSha256: made.project.id, rows: 1, bytes: 1, columns: [], splits: [], statistics: [], tookMs: 1, createdBy: "a test" };
    const [{ blobSha256 } = values] = await database().select().from(datasets).where(eq(datasets.id, datasetId));
    const past = Array.from({ length: 1_010 }, (_, n) => ({ ...values, blobSha256, id: newId(), name: "trials", version: n + 1, inputSha256: `t${n}`, temporarySince: new Date(), purgedAt: new Date() }));
    await database().insert(datasets).values([...past, { ...values, blobSha256, id: newId(), name: "flights", version: 2, inputSha256: "f2", temporarySince: new Date() }]);
    const plan = await planEvaluation(made.ctx, { loggedModelId });
    expect(plan.datasets.map(({ name, version }) => `${name} v${version}`)).toEqual(["flights v1", "flights v2"]);
    expect(plan.chosen).toMatchObject({ datasetId });
  });

  it("suggests the suite of the dataset that a model was trained on, not the one another model was asked by last", async () => {
    const ready = async (sourceRunId: string | null) => {
      const { id } = await createLoggedModel(made.ctx, { experimentNo: 0, name: "m", sourceRunId });
      await finalizeLoggedModel(made.ctx, { modelId: id, status: "LOGGED_MODEL_READY" });
      return id;
    };
    await applySuite(made.ctx, { definition: { ...suite, name: "june", dataset: "june_flights" } });
    await storeDataset(made.ctx, "june_flights");
    await evaluateModel(made.ctx, { suite: "june", loggedModelId: await ready(null) });
    const { id: runId } = await createRun(made.ctx, { experimentNo: 0 });
    const read = { name: "flights", digest: "d", sourceType: "slipway", source: JSON.stringify({ datasetId }), schema: null, profile: null, tags: [] };
    await logInputs(made.ctx, { runId, datasets: [read] });
    const plan = await planEvaluation(made.ctx, { loggedModelId: await ready(runId) });
    expect(plan.chosen).toMatchObject({ suite: "late", datasetId });
  });
});
