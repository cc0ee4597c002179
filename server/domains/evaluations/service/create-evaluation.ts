/** Evaluating a logged model: its scores joined to a suite's examples, measured off the event loop, stored once. */
import { z } from "zod";
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import { requireLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { database, type Db, type Tx } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { addLinks, removeLinks } from "@/server/platform/links";
import { publishLive } from "@/server/platform/live/publish";
import { mutation } from "@/server/platform/mutation";
import { defineOperation, type OperationRun, startOperation } from "@/server/platform/operations";
import { emitEvent } from "@/server/platform/outbox";
import { putSearchEntry } from "@/server/platform/search";
import { CreateEvaluationInput } from "../contract/evaluation";
import { evaluationFinished } from "../events";
import { findByContent, insertEvaluation, isEvaluation, type NewEvaluation } from "../store/evaluations";
import { findSuiteById, type SuiteRow } from "../store/suites";
import { joinExamples, readExamples } from "./examples";
import { insertRequest } from "../store/requests";
import { findScores } from "./scores-source";
import { evaluateInThread } from "./statistics";
import { requireSuite } from "./suites";

const Payload = z.object({
  evaluationId: z.uuid(),
  suiteId: z.uuid(),
  loggedModelId: z.string(),
  datasetId: z.uuid(),
  scoresSha256: z.string(),
  scoringRunId: z.uuid().nullable(),
  requestedBy: z.string(),
});
type Payload = z.output<typeof Payload>;

function edgesOf({ id, ...row }: NewEvaluation) {
  const from = { kind: "evaluation", id };
  return [
    { from, to: { kind: "logged_model", id: row.loggedModelId }, relation: "evaluates", hold: true },
    { from, to: { kind: "dataset", id: row.datasetId }, relation: "reads", hold: true },
    { from, to: { kind: "suite", id: row.suiteId }, relation: "answers" },
    ...(row.scoringRunId ? [{ from, to: { kind: "run", id: row.scoringRunId }, relation: "scored by" }] : []),
  ];
}

async function announce(tx: Tx, row: NewEvaluation, suite: SuiteRow): Promise<void> {
  await addLinks(tx, row.projectId, edgesOf(row));
  await putSearchEntry(tx, row.projectId, {
    kind: "evaluation",
    objectId: row.id,
    title: `${row.modelName} on ${suite.name} v${suite.version}`,
    detail: `${row.datasetName} v${row.datasetVersion}`,
    path: `/evaluations/${row.id}`,
  });
  const { loggedModelId, datasetId } = row;
  const payload = { evaluationId: row.id, suite: suite.name, suiteVersion: suite.version, loggedModelId, datasetId };
  await emitEvent(tx, row.projectId, evaluationFinished, payload);
}

/** What was asked for holds its dataset from then on; where nothing came of it, no longer. */
export function letGo(db: Db, projectId: string, evaluationId: string): Promise<void> {
  return removeLinks(db, projectId, { kind: "evaluation", id: evaluationId }, "dataset");
}

async function nameEarlier(projectId: string, askedId: string, knownId: string): Promise<string> {
  if (knownId !== askedId) await letGo(database(), projectId, askedId);
  return knownId;
}

/** Everything at once, or nothing; the same content evaluated twice is the evaluation that is there. */
async function store(row: NewEvaluation, suite: SuiteRow): Promise<string> {
  const made = await database().transaction(async (tx) => {
    const isNew = await insertEvaluation(tx, row);
    if (isNew) await announce(tx, row, suite);
    return isNew;
  });
  if (made) return row.id;
  const known = await findByContent(database(), row);
  return known ? nameEarlier(row.projectId, row.id, known.id) : row.id;
}

async function measure(run: OperationRun<Payload>, suite: SuiteRow): Promise<NewEvaluation> {
  const { projectId, ...content } = { projectId: run.ctx.project.id, ...run.payload };
  const started = performance.now();
  await run.progress("joining scores to examples", 0.1);
  const dataset = await findDatasetContent(database(), projectId, content.datasetId);
  const model = await requireLoggedModel(database(), projectId, content.loggedModelId);
  const joined = await joinExamples(projectId, suite.definition, {
    dataset: dataset.blobSha256,
    scores: content.scoresSha256,
  });
  const { examples, scores } = await readExamples(suite.definition, joined.sha256);
  await run.progress("computing metrics and intervals", 0.4);
  const result = await evaluateInThread({ kind: "evaluate", suite: suite.definition, examples, scores });
  return {
    id: content.evaluationId,
    projectId,
    suiteId: suite.id,
    loggedModelId: model.id,
    modelName: model.name,
    modelRunId: model.sourceRunId,
    datasetId: dataset.id,
    datasetName: dataset.name,
    datasetVersion: dataset.version,
    scoringRunId: content.scoringRunId,
    scoresSha256: content.scoresSha256,
    examplesSha256: joined.sha256,
    examplesDigest: joined.digest,
    rows: joined.rows,
    result,
    tookMs: Math.round(performance.now() - started),
    createdBy: content.requestedBy,
  };
}

export const measureEvaluation = defineOperation({
  kind: "evaluate-model",
  schema: Payload,
  run: async (run) => {
    const projectId = run.ctx.project.id;
    const suite = await findSuiteById(database(), projectId, run.payload.suiteId);
    if (!suite) throw new NotFound("The suite is gone.");
    const known = await findByContent(database(), { projectId, ...run.payload });
    if (known) {
      const evaluationId = await nameEarlier(projectId, run.payload.evaluationId, known.id);
      return { evaluationId, unchanged: evaluationId !== run.payload.evaluationId };
    }
    const row = await measure(run, suite);
    const evaluationId = await store(row, suite);
    publishLive(projectId, ["evaluations", `evaluation:${evaluationId}`, `suite:${suite.name}`]);
    const { overall } = row.result;
    const values = Object.fromEntries(Object.entries(overall.metrics).map(([name, { value }]) => [name, value]));
    return { evaluationId, rows: row.rows, metrics: values, tookMs: row.tookMs };
  },
  ended: async (tx, projectId, { evaluationId }) => {
    if (!(await isEvaluation(tx, projectId, evaluationId))) await letGo(tx, projectId, evaluationId);
  },
});

type Asked = {
  suite: SuiteRow;
  model: { id: string; name: string };
  datasetId: string;
  evaluationId: string;
  scores: { sha256: string; runId: string | null };
  requestedBy: string;
};

/** Queues the computation under the id that the evaluation will have, and holds the dataset for it. */
export async function startMeasuring(
  write: Parameters<typeof startOperation>[0],
  { suite, model, datasetId, evaluationId, scores, requestedBy }: Asked,
): Promise<{ operationId: string }> {
  const name = `${model.name} on ${suite.name} v${suite.version}`;
  await holdDataset(write.tx, write.ctx.project.id, { kind: "evaluation", id: evaluationId }, datasetId, "reads");
  return startOperation(
    write,
    measureEvaluation,
    { kind: "evaluation", id: evaluationId, name },
    {
      evaluationId,
      suiteId: suite.id,
      loggedModelId: model.id,
      datasetId,
      scoresSha256: scores.sha256,
      scoringRunId: scores.runId,
      requestedBy,
    },
    [{ field: "scores.sha256", sha256: scores.sha256 }],
  );
}

/** The suite's current version, a model whose files are there, and the dataset named or the suite's own. */
export async function requireEvaluable(
  tx: Tx,
  projectId: string,
  asked: { suite: string; loggedModelId: string; dataset: string | null },
) {
  const suite = await requireSuite(tx, projectId, asked.suite, null);
  const model = await requireLoggedModel(tx, projectId, asked.loggedModelId);
  if (model.status !== "LOGGED_MODEL_READY")
    throw new Conflict(`The logged model ${model.name} is not ready (${model.status}).`, { field: "loggedModelId" });
  const dataset = await findDatasetContent(tx, projectId, asked.dataset ?? suite.definition.dataset);
  return { suite, model, dataset };
}

export type Evaluable = Awaited<ReturnType<typeof requireEvaluable>>;

/** What the request keeps of them: names as they were. */
export const requestContent = ({ suite, model, dataset }: Evaluable) => ({
  suiteId: suite.id,
  loggedModelId: model.id,
  modelName: model.name,
  modelRunId: model.sourceRunId,
  experimentId: model.experimentId,
  datasetId: dataset.id,
  datasetName: dataset.name,
  datasetVersion: dataset.version,
});

/** The result of the operation names the evaluation: an earlier one where the same content was evaluated before. */
export const createEvaluation = mutation(
  "evaluations.createEvaluation",
  "member",
  CreateEvaluationInput,
  async (write) => {
    const { tx, ctx, input, subject, publish } = write;
    const evaluable = await requireEvaluable(tx, ctx.project.id, input);
    const { suite, model, dataset } = evaluable;
    const scored = { loggedModelId: model.id, datasetId: dataset.id };
    const scores = await findScores(tx, ctx, input.scores, scored);
    const id = newId();
    const requestedBy = ctx.actor.name;
    const name = `${model.name} on ${suite.name} v${suite.version}`;
    const details = { ...scored, suiteVersion: suite.version, scoresSha256: scores.sha256 };
    subject({ kind: "evaluation", id, name }, details);
    const asked = { suite, model, datasetId: dataset.id, evaluationId: id, scores, requestedBy };
    const { operationId } = await startMeasuring(write, asked);
    const content = { ...requestContent(evaluable), scoringRunId: scores.runId, operationId, requestedBy };
    await insertRequest(tx, { id, projectId: ctx.project.id, ...content });
    publish("evaluations", `evaluation:${id}`);
    return { operationId };
  },
);
