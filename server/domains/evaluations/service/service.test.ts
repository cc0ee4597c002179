import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { skewChecks } from "@/drizzle/schema/catalog";
import { createRun } from "@/server/domains/experiments/service/runs";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { listLinks } from "@/server/platform/links";
import { findEntries } from "@/server/platform/search";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { SuiteDefinition } from "../contract/suite";
import {
  finishOperation,
  flightsSql,
  scoresSql,
  storeDataset,
  storeModel,
  storeParquet,
} from "../testing/test-evaluations";
import { compareEvaluations, computeComparison } from "./compare-evaluations";
import { createEvaluation } from "./create-evaluation";
import { getComparison, listComparisons, listDisagreements } from "./read-comparisons";
import { getEvaluation, listEvaluations, requireEvaluationFor } from "./read-evaluations";
import { applySuite, getSuite, listSuites } from "./suites";

const suite = SuiteDefinition.parse({
  kind: "suite",
  name: "flight-delay",
  dataset: "flights",
  split: "evaluation",
  label: "late",
  id: "flight_id",
  cluster: "day",
  seed: 7,
  slices: [
    {
      name: "hour",
      column: "hour",
      blocks: [
        { label: "day", below: 12 },
        { label: "night", from: 12 },
      ],
    },
    { name: "origin", column: "origin", largest: 2, gated: false },
  ],
});

let a: TestProject;
let b: TestProject;
let datasetId: string;

beforeAll(async () => {
  b = await testProject();
});

beforeEach(async () => {
  a = await testProject();
  datasetId = await storeDataset(a.ctx, "flights");
  await applySuite(a.ctx, { definition: suite });
});

/** A model with these scores, evaluated; gives the finished operation. */
async function evaluate(scores: string, name = "gbdt", dataset: string | null = null) {
  const loggedModelId = await storeModel(a.ctx, name);
  const sha256 = await storeParquet(a.ctx, scores);
  return finishOperation(
    a.ctx,
    await createEvaluation(a.ctx, { suite: suite.name, loggedModelId, dataset, scores: { sha256 } }),
  );
}

async function evaluationId(scores: string, name = "gbdt", dataset: string | null = null): Promise<string> {
  const operation = await evaluate(scores, name, dataset);
  expect(operation).toMatchObject({ state: "succeeded", error: null });
  return String(operation.result?.evaluationId);
}

describe("applySuite", () => {
  it("makes a version a content, and the last applied one current", async () => {
    expect(await applySuite(a.ctx, { definition: suite })).toMatchObject({ version: 1, change: "unchanged" });
    const other = { ...suite, seed: 8 };
    expect(await applySuite(a.ctx, { definition: other })).toMatchObject({
      version: 2,
      change: "changed",
      isCurrent: true,
    });
    expect(await applySuite(a.ctx, { definition: suite })).toMatchObject({
      version: 1,
      change: "changed",
      isCurrent: true,
    });
    const view = await getSuite(a.ctx, { name: suite.name });
    expect(view.versions.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(await listSuites(a.ctx, {})).toHaveLength(1);
    expect((await getSuite(a.ctx, { name: suite.name, version: 2 })).definition.seed).toBe(8);
  });

  it("gives one version to many at once", async () => {
    const definition = { ...suite, name: "at-once" };
    const made = await Promise.all(Array.from({ length: 6 }, () => applySuite(a.ctx, { definition })));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
  });

  it("refuses a viewer, and a slice that splits in two ways", async () => {
    await expect(applySuite(await a.as("viewer"), { definition: suite })).rejects.toBeInstanceOf(Forbidden);
    const slices = [{ name: "x", column: "x", largest: 1, values: ["a"] }];
    await expect(applySuite(a.ctx, { definition: { ...suite, slices } })).rejects.toMatchObject({
      detail: { field: "definition.slices.0" },
    });
    await expect(getSuite(b.ctx, { name: suite.name })).rejects.toBeInstanceOf(NotFound);
  });
});

describe("createEvaluation", () => {
  it("measures overall and by slice, and is found from everywhere", async () => {
    const id = await evaluationId(scoresSql(0.2), "gbdt");
    const view = await getEvaluation(a.ctx, { evaluationId: id });
    expect(view).toMatchObject({
      suite: { name: suite.name, version: 1 },
      dataset: { id: datasetId, name: "flights" },
      model: { name: "gbdt" },
    });
    expect(view.support).toEqual({ rows: 3000, positives: 1000, negatives: 2000, clusters: 30 });
    expect(view.metrics.auc.method).toBe("cluster_bootstrap");
    expect(view.metrics.log_loss.low).toBeLessThan(view.metrics.log_loss.value ?? 0);
    expect(view.result.resampling).toMatchObject({ seed: 7, draws: 10_000 });
    expect(view.result.slices.map(({ slice, support }) => [slice.label, support.rows])).toEqual([
      ["day", 1500],
      ["night", 1500],
      ["A0", 750],
      ["A1", 750],
    ]);
    expect(view.links.map((link) => link.to.kind).sort()).toEqual(["dataset", "logged_model", "suite"]);
    expect(await listLinks(database(), a.project.id, { kind: "dataset", id: datasetId })).toHaveLength(1);
    expect((await findEntries(database(), a.project.id, "gbdt flight-delay", 5)).map((entry) => entry.path)).toContain(
      `/evaluations/${id}`,
    );
    await expect(getEvaluation(b.ctx, { evaluationId: id })).rejects.toBeInstanceOf(NotFound);
  });

  it("is the same evaluation for the same content, and another for other scores", async () => {
    const loggedModelId = await storeModel(a.ctx, "m");
    const sha256 = await storeParquet(a.ctx, scoresSql(0.2));
    const again = async (scores: { sha256: string }) =>
      finishOperation(a.ctx, await createEvaluation(a.ctx, { suite: suite.name, loggedModelId, scores }));
    const first = await again({ sha256 });
    const second = await again({ sha256 });
    expect(second.result).toMatchObject({ evaluationId: first.result?.evaluationId, unchanged: true });
    const third = await again({ sha256: await storeParquet(a.ctx, scoresSql(0.1)) });
    const { evaluations, next } = await listEvaluations(a.ctx, { loggedModelId, limit: 1 });
    expect([evaluations.map((one) => one.id), next]).toEqual([
      [third.result?.evaluationId],
      third.result?.evaluationId,
    ]);
    expect((await listEvaluations(a.ctx, { loggedModelId, after: next })).evaluations.map((one) => one.id)).toEqual([
      first.result?.evaluationId,
    ]);
    const newest = await requireEvaluationFor(database(), a.project.id, {
      suite: suite.name,
      loggedModelId,
      datasetId,
    });
    expect(newest.id).toBe(third.result?.evaluationId);
  });

  it.each([
    [
      "missing ids",
      scoresSql(0.2, "i < 2990"),
      "scores: some examples of the split evaluation have no score (10 rows, first flight_id 2990).",
    ],
    [
      "repeated ids",
      `${scoresSql(0.2)} union all ${scoresSql(0.2, "i = 5")}`,
      "scores: some flight_id stand more than once (1 row, first flight_id 5).",
    ],
    [
      "NaN",
      scoresSql(0.2).replace("as score", "* case when i = 9 then 'nan'::double else 1 end as score"),
      "scores: some scores are NaN, absent or no numbers (1 row, first flight_id 9).",
    ],
    [
      "nulls",
      scoresSql(0.2).replace("as score", "* case when i = 9 then null else 1 end as score"),
      "scores: some scores are NaN, absent or no numbers (1 row, first flight_id 9).",
    ],
    ["scores above 1", scoresSql(0.2).replace("as score", "* 10 as score"), "scores: some scores lie outside [0, 1]"],
    [
      "ids from elsewhere",
      scoresSql(0.2, "true").replace("i::bigint as", "(i + 90000) as"),
      "scores: some flight_id are not in the dataset (3100 rows, first flight_id 90000).",
    ],
    [
      "ids of another type",
      "select 'x' || i as flight_id, 0.5 as score from range(3000) r(i)",
      "scores: some flight_id are not of the dataset's type (3000 rows, first flight_id x0).",
    ],
    [
      "no score column",
      "select i as flight_id, 0.5 as probability from range(3000) r(i)",
      "scores: no column score, which the suite reads; there are flight_id, probability.",
    ],
  ])("refuses %s by name, with nothing kept", async (_, scores, message) => {
    const operation = await evaluate(scores);
    expect(operation.state).toBe("failed");
    expect(operation.error).toContain(message);
    expect((await listEvaluations(a.ctx, {})).evaluations).toEqual([]);
  });

  it.each([
    ["without the cluster column", flightsSql.replace("as day", "as date"), "dataset: no column day"],
    [
      "with labels other than 0 and 1",
      flightsSql.replace("(i % 3 = 0)::integer", "(i % 3)::integer"),
      "dataset: some rows of the split have a late other than 0 and 1",
    ],
    [
      "with an id twice",
      flightsSql.replace("i::bigint as", "(i // 2) as"),
      "dataset: some flight_id of the split are absent or stand more than once",
    ],
    [
      "without rows in the split",
      flightsSql.replace("'evaluation'", "'test'"),
      "dataset: no rows in the split evaluation",
    ],
    [
      "with a row of no cluster",
      flightsSql.replace("date '2001-04-01' +", "case when i = 4 then null else date '2001-04-01' end +"),
      "dataset: some rows of the split have no day, the suite's cluster column (1 row, first flight_id 4).",
    ],
  ])("refuses a dataset %s", async (_, select, message) => {
    const operation = await evaluate(scoresSql(0.2), "gbdt", await storeDataset(a.ctx, "other", select));
    expect([operation.state, operation.error]).toEqual(["failed", expect.stringContaining(message)]);
  });

  it("refuses a file that is not Parquet", async () => {
    const { Readable } = await import("node:stream");
    const { storeBlob } = await import("@/server/platform/blob-store/blobs");
    const { sha256 } = await storeBlob(a.ctx, Readable.from([Buffer.from("flight_id,score\n1,0.5\n")]), {});
    const loggedModelId = await storeModel(a.ctx, "m");
    const operation = await finishOperation(
      a.ctx,
      await createEvaluation(a.ctx, { suite: suite.name, loggedModelId, scores: { sha256 } }),
    );
    expect([operation.state, operation.error]).toEqual(["failed", "scores: the file is not Parquet that can be read."]);
  });

  it("refuses what is another project's, unknown or not ready, before anything is queued", async () => {
    const loggedModelId = await storeModel(a.ctx, "m");
    const scores = { sha256: await storeParquet(a.ctx, scoresSql(0.2)) };
    const given = { suite: suite.name, loggedModelId, scores };
    const foreign = { sha256: await storeParquet(b.ctx, "select 1 as x") };
    const run = await createRun(b.ctx, { experimentNo: 0 });
    const attempts: [object, new (...args: never[]) => Error][] = [
      [{ suite: "none" }, NotFound],
      [{ loggedModelId: await storeModel(b.ctx, "theirs") }, NotFound],
      [{ dataset: await storeDataset(b.ctx, "theirs") }, NotFound],
      [{ dataset: newId() }, NotFound],
      [{ scores: foreign }, Invalid],
      [{ scores: { runId: run.id, path: "scores.parquet" } }, NotFound],
      [{ scores: { runId: newId(), path: "../x" } }, NotFound],
      [{ loggedModelId: await storeModel(a.ctx, "open", "LOGGED_MODEL_PENDING") }, Conflict],
      [{ loggedModelId: "m-1" }, Invalid],
      [{ scores: {} }, Invalid],
    ];
    for (const [change, kind] of attempts)
      await expect(createEvaluation(a.ctx, { ...given, ...change }), JSON.stringify(change)).rejects.toBeInstanceOf(
        kind,
      );
    await expect(createEvaluation(await a.as("viewer"), given)).rejects.toBeInstanceOf(Forbidden);
  });
});

/** A finished skew check of the dataset, `ago` ms old. */
async function checkedSkew(values: number, differing: number, ago = 0): Promise<void> {
  const at = new Date(Date.now() - ago);
  await database().insert(skewChecks).values({ id: newId(), projectId: a.project.id, datasetId, fromTime: at, toTime: at, relative: "0.000001", rows: 1, values, differing, byFeature: [], createdAt: at });
}

describe("the skew check of an evaluation's dataset", () => {
  it("stands beside the numbers: none, the newest one, and one that compared nothing", async () => {
    const id = await evaluationId(scoresSql(0.2), "leaky");
    const shares = async () => [(await getEvaluation(a.ctx, { evaluationId: id })).skewShare, (await listEvaluations(a.ctx, {})).evaluations.find((one) => one.id === id)?.skewShare];
    expect(await shares()).toEqual([null, null]);
    await checkedSkew(100, 0, 60_000);
    await checkedSkew(1_000, 811);
    expect(await shares()).toEqual([0.811, 0.811]);
    await checkedSkew(0, 0, -1_000);
    expect(await shares()).toEqual([null, null]);
  });
});

describe("compareEvaluations", () => {
  it("pairs two models on the same examples, once", async () => {
    const baselineId = await evaluationId(scoresSql(0.05), "logistic");
    const candidateId = await evaluationId(scoresSql(0.2), "gbdt");
    const operation = await finishOperation(a.ctx, await compareEvaluations(a.ctx, { candidateId, baselineId }));
    expect(operation).toMatchObject({ state: "succeeded", result: { logLoss: { word: "better" } } });
    const view = await getComparison(a.ctx, { comparisonId: String(operation.result?.comparisonId) });
    expect(view).toMatchObject({ candidate: { model: { name: "gbdt" } }, baseline: { model: { name: "logistic" } } });
    expect(view.result.slices).toHaveLength(4);
    expect(view.overall.differences.log_loss.high).toBeLessThan(0);
    expect((await computeComparison(a.project.id, candidateId, baselineId)).id).toBe(view.id);
    expect((await listComparisons(a.ctx, { evaluationId: baselineId })).comparisons.map((one) => one.id)).toEqual([
      view.id,
    ]);
    const turned = await getComparison(a.ctx, {
      comparisonId: (await computeComparison(a.project.id, baselineId, candidateId)).id,
    });
    const worse = turned.result.slices.filter((slice) => slice.word === "worse").length;
    expect(worse).toBeGreaterThan(0);
    expect(turned.worseSlices).toBe(worse);
    const listed = (await listComparisons(a.ctx, {})).comparisons;
    expect(listed[0]?.candidate.skewShare).toBeNull();
    expect(listed.slice(0, 2).map(({ id, worseSlices }) => ({ id, worseSlices }))).toEqual([
      { id: turned.id, worseSlices: worse },
      { id: view.id, worseSlices: 0 },
    ]);
    await expect(getComparison(b.ctx, { comparisonId: view.id })).rejects.toBeInstanceOf(NotFound);
    await expect(listDisagreements(b.ctx, { comparisonId: view.id })).rejects.toBeInstanceOf(NotFound);
  });

  it("lists the examples where they differ most, with their slice columns", async () => {
    const shifted = scoresSql(0.2).replace("as score", "+ case when i = 17 then -0.1 else 0 end as score");
    const baselineId = await evaluationId(scoresSql(0.2), "one");
    const candidateId = await evaluationId(shifted, "two");
    const { id } = await computeComparison(a.project.id, candidateId, baselineId);
    const { examples } = await listDisagreements(a.ctx, { comparisonId: id, limit: 2 });
    expect(examples[0]).toMatchObject({
      id: "17",
      label: 0,
      cluster: "2001-04-18",
      slices: { hour: 17, origin: "A1" },
    });
    expect(examples[0]?.difference).toBeCloseTo(-0.1, 12);
    const gains = await listDisagreements(a.ctx, { comparisonId: id, order: "gain", limit: 1 });
    expect(gains.examples[0]).toMatchObject({ id: "17" });
    expect(gains.examples[0]?.lossDifference).toBeLessThan(0);
  });

  it("compares across datasets that hold the same examples, and no others", async () => {
    const same = await storeDataset(
      a.ctx,
      "flights_more",
      flightsSql.replace("as origin", "as origin, i * 2 as leaked"),
    );
    const fewer = await storeDataset(a.ctx, "flights_moved", flightsSql.replace("(i % 24)", "((i + 1) % 24)"));
    const baselineId = await evaluationId(scoresSql(0.05), "logistic");
    const leaky = await evaluationId(scoresSql(0.3), "leaky", same);
    expect(
      (await finishOperation(a.ctx, await compareEvaluations(a.ctx, { candidateId: leaky, baselineId }))).state,
    ).toBe("succeeded");
    const other = await evaluationId(scoresSql(0.3), "other", fewer);
    await expect(compareEvaluations(a.ctx, { candidateId: other, baselineId })).rejects.toThrow("different examples");
  });

  it("refuses two suites, itself, and another project's", async () => {
    const baselineId = await evaluationId(scoresSql(0.05));
    await applySuite(a.ctx, { definition: { ...suite, seed: 99 } });
    const candidateId = await evaluationId(scoresSql(0.05));
    await expect(compareEvaluations(a.ctx, { candidateId, baselineId })).rejects.toBeInstanceOf(Conflict);
    await expect(compareEvaluations(a.ctx, { candidateId, baselineId: candidateId })).rejects.toBeInstanceOf(Invalid);
    await expect(compareEvaluations(b.ctx, { candidateId, baselineId })).rejects.toBeInstanceOf(NotFound);
    await expect(computeComparison(b.project.id, candidateId, baselineId)).rejects.toBeInstanceOf(NotFound);
    await expect(
      requireEvaluationFor(database(), a.project.id, { suite: suite.name, loggedModelId: "m-none", datasetId }),
    ).rejects.toBeInstanceOf(Conflict);
  });
});
