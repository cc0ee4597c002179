/** Versions: what is registered is read and judged first; nothing that can't be served passes for something that can. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { holdDataset } from "@/server/domains/catalog/service/retention/hold-dataset";
import { findDatasetContent } from "@/server/domains/catalog/service/find-dataset-content";
import type { ArtifactRow } from "@/server/domains/experiments/contract/artifact";
import { LoggedModelId } from "@/server/domains/experiments/contract/experiment";
import { pathOfArtifactUri } from "@/server/domains/experiments/rules/artifact-path";
import { listKeptFiles } from "@/server/domains/experiments/service/artifacts";
import { requireLoggedModel } from "@/server/domains/experiments/service/logged-models";
import { namesOfRuns, requireRun } from "@/server/domains/experiments/service/runs";
import { findTrainingDataset } from "@/server/domains/experiments/service/run-datasets";
import { blobStore } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { mutation, preparedMutation, query, type Read, type Write } from "@/server/platform/mutation";
import { type ModelSignature, ModelRef, RegisterVersionInput, TagInput, type VerdictView, VersionRef, type VersionView } from "../contract";
import { assertFilesPresent, readMlModel } from "../rules/mlmodel-file";
import { assertSignatureMatches, readOnnxSignature } from "../rules/onnx-file";
import { listAliases } from "../store/aliases";
import type { ModelRow } from "../store/models";
import { latestVerdicts, type VerdictRow } from "../store/verdicts";
import { findVersion, insertVersion, listVersionRows, listVersionsOfLoggedModel, numbersOfVersions, putVersionTag, removeVersionTag, updateVersionRow, type VersionRow } from "../store/versions";
import { createModel, modelTopics, requireLockedModel, requireModel } from "./models";
import { defaultSuite } from "./propose-gate";
import { readOnnxOutline } from "./read-onnx";

const maxOnnxBytes = 2 * 1024 ** 3;

type Origin = { root: string; runId: string | null; loggedModelId: string | null };

/** Where the version's files lie: a logged model, `models:/m-…`, `runs:/…/path`, or an artifact URI. */
async function originOf(db: Db, projectId: string, input: z.output<typeof RegisterVersionInput>): Promise<Origin> {
  const named = input.loggedModelId ?? /^models:\/+(m-[0-9a-f]{32})$/.exec(input.source)?.[1] ?? null;
  if (named) {
    const model = await requireLoggedModel(db, projectId, named);
    return { root: (pathOfArtifactUri(model.artifactUri) ?? "").replace(/\/$/, ""), runId: model.sourceRunId, loggedModelId: model.id };
  }
  const ofRun = /^runs:\/+([0-9a-f]{32})\/(.+)$/.exec(input.source);
  if (ofRun?.[1] && ofRun[2]) {
    const id = ofRun[1].replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    const run = await requireRun(db, projectId, id);
    return { root: `${pathOfArtifactUri(run.artifactUri)}/${ofRun[2]}`, runId: run.id, loggedModelId: null };
  }
  const root = pathOfArtifactUri(input.source);
  if (root === null) throw new Invalid(`source: ${JSON.stringify(input.source)} is not a logged model, a run's artifact or an mlflow-artifacts URI.`, { field: "source" });
  return { root: root.replace(/\/$/, ""), runId: input.runId, loggedModelId: null };
}

const digestOf = (files: readonly ArtifactRow[], root: string): string => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.path.slice(root.length)}\0${file.sha256}\n`);
  return hash.digest("hex");
};

type Reading = { onnxSha256: string | null; signature: ModelSignature | null; notServable: string | null };

/** The inputs that `MLmodel` declares; refused where a file that it names is not there. */
async function declaredInputs(files: readonly ArtifactRow[], root: string): Promise<string | null> {
  const file = files.find((item) => item.path === `${root}/MLmodel`);
  if (!file || file.size > 1_000_000) return null;
  const { inputs, needs } = readMlModel(await readFile(await blobStore().localPath(file.sha256), "utf8"));
  assertFilesPresent(needs, files.map(({ path }) => path.slice(root.length + 1)));
  return inputs;
}

/** A model.onnx must be sound or the version is refused; without one the version is kept, and says that it can't be served. */
async function readFiles(files: readonly ArtifactRow[], root: string): Promise<Reading> {
  const declared = await declaredInputs(files, root);
  const onnx = files.find((file) => file.path === `${root}/model.onnx`) ?? files.find((file) => file.path.endsWith(".onnx"));
  if (!onnx) return { onnxSha256: null, signature: null, notServable: "It has no ONNX file: export one to serve it." };
  if (onnx.size > maxOnnxBytes) throw new Invalid(`model.onnx has ${onnx.size} bytes; at most ${maxOnnxBytes} are served.`, { field: "model.onnx" });
  const signature = readOnnxSignature(await readOnnxOutline(await blobStore().localPath(onnx.sha256)));
  assertSignatureMatches(declared, signature);
  return { onnxSha256: onnx.sha256, signature, notServable: null };
}

async function trainedOn(db: Db, projectId: string, given: string | null, runId: string | null) {
  const id = given ?? (runId ? await findTrainingDataset(db, projectId, runId) : null);
  return id ? findDatasetContent(db, projectId, id) : null;
}

/** Reading a file takes its time, so it comes before the transaction; no connection is held meanwhile. */
async function readSource({ db, ctx, input }: Read<ProjectContext, z.output<typeof RegisterVersionInput>>) {
  if (!input.newModel) await requireModel(db, ctx.project.id, input.name);
  const origin = await originOf(db, ctx.project.id, input);
  const files = await listKeptFiles(db, ctx.project.id, origin.root);
  if (files.length === 0) throw new Invalid(`source: there are no files under ${origin.root}.`, { field: "source" });
  return { origin, digest: digestOf(files, origin.root), reading: await readFiles(files, origin.root) };
}

type RegisterWrite = Write<ProjectContext, z.output<typeof RegisterVersionInput>>;

/** A version whose dataset isn't known can't be judged: a gate that nobody asked for would only bar its way. */
async function makeModel(write: RegisterWrite, name: string, model: NonNullable<RegisterWrite["input"]["newModel"]>, dataset: string | null) {
  const proposed = dataset === null ? null : await defaultSuite(write.tx, write.ctx.project.id, dataset);
  await createModel.within(write, { name, ...model, suite: model.suite === undefined ? proposed : model.suite });
}

export const registerVersion = preparedMutation("models.registerVersion", "member", RegisterVersionInput, readSource, async (write, { origin, digest, reading }) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const dataset = await trainedOn(tx, ctx.project.id, input.datasetId, origin.runId ?? input.runId);
  if (input.newModel) await makeModel(write, input.name, input.newModel, dataset?.name ?? null);
  const model = await requireModel(tx, ctx.project.id, input.name);
  const isAsRead = digestOf(await listKeptFiles(tx, ctx.project.id, origin.root), origin.root) === digest;
  if (!isAsRead) throw new Conflict(`The files under ${origin.root} changed while they were read: register again.`, { field: "source" });
  const { actor } = ctx;
  const row = await insertVersion(tx, {
    projectId: ctx.project.id, modelId: model.id, description: input.description, source: input.source || `models:/${origin.loggedModelId}`, ...reading,
    loggedModelId: origin.loggedModelId, runId: origin.runId ?? input.runId, datasetId: dataset?.id ?? null, datasetDigest: dataset?.digest ?? null,
    digest, tags: input.tags, createdByKind: actor.kind, createdById: actor.id, createdByName: actor.name, createdByUserId: actor.userId,
  });
  const from = { kind: "model_version", id: row.id };
  if (row.loggedModelId) await link({ from, to: { kind: "logged_model", id: row.loggedModelId }, relation: "is", hold: true });
  if (row.runId) await link({ from, to: { kind: "run", id: row.runId }, relation: "made by", hold: true });
  if (dataset) await holdDataset(tx, ctx.project.id, from, dataset.id, "trained on");
  subject({ kind: "model", id: model.id, name: model.name }, { version: row.version, digest: row.digest });
  publish(...modelTopics(model.name));
  return requireView(tx, model, row);
});

export function verdictView(row: VerdictRow, version: number, againstVersion: number | null): VerdictView {
  return {
    id: row.id, outcome: row.outcome as VerdictView["outcome"], suite: row.suite, suiteVersion: row.suiteVersion, version, againstVersion,
    verdict: row.verdict as VerdictView["verdict"], evaluationId: row.evaluationId, comparisonId: row.comparisonId, skewCheckId: row.skewCheckId, createdAt: row.createdAt,
  };
}

function versionView(model: string, row: VersionRow, runName: string | null, aliases: string[], verdict: VerdictView | null): VersionView {
  return {
    id: row.id, model, version: row.version, description: row.description, source: row.source, loggedModelId: row.loggedModelId, runId: row.runId, runName, datasetId: row.datasetId,
    datasetDigest: row.datasetDigest, digest: row.digest, signature: row.signature as ModelSignature | null, notServable: row.notServable, aliases,
    tags: row.tags as Record<string, string>, stage: row.stage, createdBy: row.createdByName, createdAt: row.createdAt, updatedAt: row.updatedAt, verdict,
  };
}

async function hydrate(db: Db, model: ModelRow, rows: readonly VersionRow[]): Promise<VersionView[]> {
  const aliases = await listAliases(db, [model.id]);
  const verdicts = await latestVerdicts(db, rows.map((row) => row.id));
  const runNames = await namesOfRuns(db, model.projectId, rows.flatMap((row) => row.runId ?? []));
  const numbers = await numbersOfVersions(db, verdicts.flatMap((verdict) => verdict.championVersionId ?? []));
  return rows.map((row) => {
    const verdict = verdicts.find((item) => item.versionId === row.id);
    const against = verdict?.championVersionId ? (numbers.get(verdict.championVersionId) ?? null) : null;
    const held = aliases.filter((item) => item.versionId === row.id).map((item) => item.alias);
    return versionView(model.name, row, row.runId ? (runNames.get(row.runId) ?? null) : null, held, verdict ? verdictView(verdict, row.version, against) : null);
  });
}

async function requireView(db: Db, model: ModelRow, row: VersionRow): Promise<VersionView> {
  const [view] = await hydrate(db, model, [row]);
  if (!view) throw new NotFound("The version is gone.");
  return view;
}

export async function requireVersion(db: Db, model: ModelRow, version: number): Promise<VersionRow> {
  const row = await findVersion(db, model.id, version);
  if (!row) throw new NotFound(`Model Version (name=${model.name}, version=${version}) not found`);
  return row;
}

export const getVersion = query("models.getVersion", "viewer", VersionRef, async ({ db, ctx, input }) => {
  const model = await requireModel(db, ctx.project.id, input.name);
  return requireView(db, model, await requireVersion(db, model, input.version));
});

const ListVersionsInput = ModelRef.extend({ before: z.int32().nullable().default(null), limit: z.number().int().min(1).max(1_000).default(100) });

export const listVersions = query("models.listVersions", "viewer", ListVersionsInput, async ({ db, ctx, input }) => {
  const model = await requireModel(db, ctx.project.id, input.name);
  const rows = await listVersionRows(db, model.id, { before: input.before, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  return { versions: await hydrate(db, model, page), next: rows.length > input.limit ? (page.at(-1)?.version ?? null) : null };
});

const registeredShown = 20;

/** Under which names and numbers a logged model is registered, newest first. */
export const listRegistered = query("models.listRegistered", "viewer", z.object({ loggedModelId: LoggedModelId }), async ({ db, ctx, input }) => ({
  versions: await listVersionsOfLoggedModel(db, ctx.project.id, input.loggedModelId, registeredShown),
}));

export const updateVersion = mutation("models.updateVersion", "member", VersionRef.extend({ description: RegisterVersionInput.shape.description.unwrap() }), async ({ tx, ctx, input, subject, publish }) => {
  const model = await requireModel(tx, ctx.project.id, input.name);
  const row = await requireVersion(tx, model, input.version);
  const updated = await updateVersionRow(tx, row.id, { description: input.description });
  subject({ kind: "model", id: model.id, name: model.name }, { version: row.version });
  publish(...modelTopics(model.name));
  return requireView(tx, model, updated ?? row);
});

/** Refused while it holds an alias, which none gives it meanwhile. Its number is never given again. */
export const deleteVersion = mutation("models.deleteVersion", "maintainer", VersionRef, async ({ tx, ctx, input, subject, publish }) => {
  const model = await requireLockedModel(tx, ctx.project.id, input.name);
  const row = await requireVersion(tx, model, input.version);
  const held = (await listAliases(tx, [model.id])).find((item) => item.versionId === row.id);
  if (held) throw new Conflict(`Version ${row.version} is ${held.alias}: move the alias first.`);
  await updateVersionRow(tx, row.id, { isDeleted: true });
  subject({ kind: "model", id: model.id, name: model.name }, { version: row.version });
  publish(...modelTopics(model.name));
  return {};
});

export const setVersionTag = mutation("models.setVersionTag", "member", VersionRef.extend(TagInput.shape), async ({ tx, ctx, input, subject, publish }) => {
  const model = await requireModel(tx, ctx.project.id, input.name);
  const row = await requireVersion(tx, model, input.version);
  await putVersionTag(tx, row.id, input.key, input.value);
  subject({ kind: "model", id: model.id, name: model.name }, { version: row.version, tag: input.key });
  publish(...modelTopics(model.name));
  return {};
});

export const deleteVersionTag = mutation("models.deleteVersionTag", "member", VersionRef.extend({ key: TagInput.shape.key }), async ({ tx, ctx, input, subject, publish }) => {
  const model = await requireModel(tx, ctx.project.id, input.name);
  const row = await requireVersion(tx, model, input.version);
  await removeVersionTag(tx, row.id, input.key);
  subject({ kind: "model", id: model.id, name: model.name }, { version: row.version, tag: input.key });
  publish(...modelTopics(model.name));
  return {};
});

