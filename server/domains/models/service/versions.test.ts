/** Registering: a new model with its first version or neither, the dataset that the run read, and who may set the gate. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { beforeEach, describe, expect, it } from "vitest";
import { uploadArtifact } from "@/server/domains/experiments/service/artifacts";
import { logInputs } from "@/server/domains/experiments/service/log";
import { createLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { createRun, updateRun } from "@/server/domains/experiments/service/runs";
import { applySuite } from "@/server/domains/evaluations/service/suites";
import { storeDataset } from "@/server/domains/evaluations/testing/test-evaluations";
import { oneOfEight } from "@/server/platform/testing/one-of-eight";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { readExample } from "../serving/example";
import { fixturePath } from "../serving/testing/serve-fixture";
import { createModel, getModel, renameModel, setGate } from "./models";
import { decidePromotion, requestPromotion } from "./promotions";
import { proposeGate } from "./propose-gate";
import { deleteVersion, getVersion, listRegistered, listVersions, registerVersion } from "./versions";

let made: TestProject;
let name: string;

beforeEach(async () => {
  made = await testProject("member");
  name = `m-${made.project.slug}`;
});

async function logModel(fixture: string, sourceRunId: string | null = null): Promise<string> {
  const { id } = await createLoggedModel(made.ctx, { experimentNo: 0, name: fixture, sourceRunId });
  await uploadArtifact(made.ctx, `0/models/${id}/artifacts/model.onnx`, createReadStream(fixturePath(fixture)), {});
  return id;
}

async function runOn(...datasetIds: string[]): Promise<string> {
  const { id } = await createRun(made.ctx, { experimentNo: 0 });
  const datasets = datasetIds.map((datasetId) => ({ name: "flights", digest: datasetId.slice(-12), sourceType: "slipway", source: JSON.stringify({ datasetId }), schema: null, profile: null, tags: [] }));
  await logInputs(made.ctx, { runId: id, datasets });
  return id;
}

describe("registerVersion with a new model", () => {
  it("makes both, and neither where the file is refused", async () => {
    const newModel = { description: "late?" };
    await expect(registerVersion(made.ctx, { name, loggedModelId: await logModel("external"), newModel })).rejects.toThrow(/external data is refused/);
    await expect(getModel(made.ctx, { name })).rejects.toMatchObject({ code: "NotFound" });
    expect(await registerVersion(made.ctx, { name, loggedModelId: await logModel("first"), newModel })).toMatchObject({ version: 1 });
    expect(await getModel(made.ctx, { name })).toMatchObject({ description: "late?", approval: "person", versionCount: 1 });
    await expect(registerVersion(made.ctx, { name, loggedModelId: await logModel("first"), newModel })).rejects.toThrow(/already exists/);
  });

  it("refuses a model whose MLmodel names a file that was never uploaded", async () => {
    const { id } = await createLoggedModel(made.ctx, { experimentNo: 0, name: "half", sourceRunId: null });
    await uploadArtifact(made.ctx, `0/models/${id}/artifacts/MLmodel`, Readable.from(["flavors: { onnx: { data: model.onnx } }"]), {});
    await createModel(made.ctx, { name });
    await expect(registerVersion(made.ctx, { name, loggedModelId: id })).rejects.toThrow(/"model.onnx", which is not among/);
    expect(await getModel(made.ctx, { name })).toMatchObject({ versionCount: 0 });
  });

  it("takes the one dataset that its run read, and none where it read several", async () => {
    const [one, other] = [await storeDataset(made.ctx, "flights"), await storeDataset(made.ctx, "more")];
    await createModel(made.ctx, { name });
    expect(await registerVersion(made.ctx, { name, loggedModelId: await logModel("first", await runOn(one)) })).toMatchObject({ datasetId: one });
    expect(await registerVersion(made.ctx, { name, loggedModelId: await logModel("first", await runOn(one, other)) })).toMatchObject({ datasetId: null });
  });
});

describe("the gate of a new model", () => {
  const suite = (suiteName: string, dataset: string) => applySuite(made.ctx, { definition: { kind: "suite", name: suiteName, dataset, split: "evaluation", label: "late", id: "flight_id" } });

  it("is the suite that asks about the version's dataset, where one alone does; null is none", async () => {
    const loggedModelId = await logModel("first", await runOn(await storeDataset(made.ctx, "flights")));
    const registerAs = async (model: string, gate: { suite?: string | null } = {}) => {
      await registerVersion(made.ctx, { name: model, loggedModelId, newModel: gate });
      return (await getModel(made.ctx, { name: model })).suite;
    };
    expect(await registerAs("before-any-suite")).toBeNull();
    await suite("on-more", "more");
    await suite("on-flights", "flights");
    expect(await proposeGate(made.ctx, { loggedModelId })).toEqual({ dataset: "flights", suites: ["on-flights"] });
    expect(await registerAs("fits")).toBe("on-flights");
    expect(await registerAs("wants-none", { suite: null })).toBeNull();
    expect(await registerAs("wants-other", { suite: "on-more" })).toBe("on-more");
    await suite("also-on-flights", "flights");
    expect((await proposeGate(made.ctx, { loggedModelId })).suites).toEqual(["also-on-flights", "on-flights"]);
    expect(await registerAs("several-fit")).toBeNull();
  });

  it("is not proposed for a version whose dataset is unknown: it could not be judged", async () => {
    await suite("late", "flights");
    const loggedModelId = await logModel("first");
    expect(await proposeGate(made.ctx, { loggedModelId })).toEqual({ dataset: null, suites: [] });
    await registerVersion(made.ctx, { name, loggedModelId, newModel: {} });
    expect((await getModel(made.ctx, { name })).suite).toBeNull();
  });

  it("is none for a model that is made without a version, unless one is named; one that is not there is refused", async () => {
    await suite("late", "flights");
    expect(await createModel(made.ctx, { name })).toMatchObject({ suite: null });
    expect(await createModel(made.ctx, { name: `${name}-gated`, suite: "late" })).toMatchObject({ suite: "late" });
    await expect(createModel(made.ctx, { name: `${name}-wrong`, suite: "nowhere" })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("listRegistered", () => {
  it("names the versions of a logged model, without deleted ones, and nothing of another project", async () => {
    const loggedModelId = await logModel("first");
    for (const model of [name, `${name}-2`]) {
      await createModel(made.ctx, { name: model });
      await registerVersion(made.ctx, { name: model, loggedModelId });
      await registerVersion(made.ctx, { name: model, loggedModelId: await logModel("first") });
    }
    expect((await listRegistered(made.ctx, { loggedModelId })).versions).toEqual([
      { model: `${name}-2`, version: 1 },
      { model: name, version: 1 },
    ]);
    await deleteVersion(await made.as("maintainer"), { name, version: 1 });
    expect((await listRegistered(made.ctx, { loggedModelId })).versions).toEqual([{ model: `${name}-2`, version: 1 }]);
    expect((await listRegistered((await testProject("viewer")).ctx, { loggedModelId })).versions).toEqual([]);
  });
});

describe("setGate", () => {
  it("is a maintainer's, and names a suite that is there", async () => {
    await createModel(made.ctx, { name });
    const maintainer = await made.as("maintainer");
    await expect(setGate(made.ctx, { name, suite: null })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(setGate(maintainer, { name, suite: "late" })).rejects.toMatchObject({ code: "NotFound" });
    await applySuite(made.ctx, { definition: { kind: "suite", name: "late", dataset: "flights", split: "evaluation", label: "late", id: "flight_id" } });
    expect(await setGate(maintainer, { name, suite: "late", approval: "policy" })).toMatchObject({ suite: "late", approval: "policy" });
    expect(await setGate(maintainer, { name, approval: "person" })).toMatchObject({ suite: "late", approval: "person" });
  });
});

describe("readExample", () => {
  it("is a row of the version's dataset where nothing was asked yet", async () => {
    const datasetId = await storeDataset(made.ctx, "flights", "select 7 as flight_id, 1.5::double as delay_mean, null::double as delay_count, 17::double as hour");
    await createModel(made.ctx, { name });
    await registerVersion(made.ctx, { name, loggedModelId: await logModel("first"), datasetId });
    const { example } = await readExample(made.ctx, { name, version: 1 });
    expect(example).toMatchObject({ from: "dataset", name: "flights v1", features: { delay_mean: 1.5, delay_count: null, hour: 17 } });
    await decidePromotion(await made.as("maintainer"), { promotionId: (await requestPromotion(made.ctx, { name, version: 1 })).id, approve: true });
    expect((await readExample(made.ctx, { name })).example?.from).toBe("dataset");
  });
});

it("of eight models renamed at once to one name one gets it, and the rest hear that it is taken", async () => {
  const maintainer = await made.as("maintainer");
  for (let n = 0; n < 8; n += 1) await createModel(maintainer, { name: `${name}-${n}` });
  expect(await oneOfEight((n) => renameModel(maintainer, { name: `${name}-${n}`, newName: name }))).toEqual([`Registered Model (name=${name}) already exists.`]);
});

it("says the name of the run that made a version, also of a renamed one, and none of a version without a run", async () => {
  const runId = await runOn();
  await updateRun(made.ctx, { runId, name: "ada-250" });
  expect(await registerVersion(made.ctx, { name, loggedModelId: await logModel("first", runId), newModel: {} })).toMatchObject({ runName: "ada-250" });
  await registerVersion(made.ctx, { name, loggedModelId: await logModel("first") });
  expect((await listVersions(made.ctx, { name })).versions.map((version) => version.runName)).toEqual([null, "ada-250"]);
  expect(await getVersion(made.ctx, { name, version: 1 })).toMatchObject({ runName: "ada-250" });
});
