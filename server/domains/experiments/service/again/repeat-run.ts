/** Running again exactly: a new run whose job has the same command, code, packages, inputs and resources to the bit. */
import type { JobSpec } from "@/server/domains/compute/contract/job";
import { findJobRecord } from "@/server/domains/compute/service/read-jobs";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { listMissing } from "@/server/platform/blob-store/hold-blobs";
import type { ProjectContext } from "@/server/platform/context";
import type { Db } from "@/server/platform/db";
import { Conflict } from "@/server/platform/errors";
import { mutation, query, type Write } from "@/server/platform/mutation";
import type { RepeatPlan, Same } from "../../contract/again/resume-repeat";
import { repeatsTag } from "../../contract/again/again-words";
import { type LaunchFacts, RunRef, type RunView } from "../../contract/run";
import { scoringTag } from "../../contract/scoring-tag";
import { freshSpec } from "../../rules/again/fresh-spec";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { submittedPaths } from "../../rules/code-files";
import { listArtifactFiles, putArtifactRow } from "../../store/artifacts";
import { listRunInputs } from "../../store/inputs/run-inputs";
import { setScheduled } from "../../store/run-states";
import { hydrateRuns } from "../../store/run-views";
import type { RunRow } from "../../store/runs";
import { requireExperiment } from "../experiments";
import { logInputs } from "../log";
import { createRun, requireRun, runHex, runTopics } from "../runs";

const outside = "It was started outside Slipway: its code, packages and data are not known here.";

const hashOf = ({ environment }: JobSpec) => (environment.kind === "python" ? environment.requirementsSha256 : null);

/** What each content of a job is to a person. */
function contentsOf(spec: JobSpec): { sha256: string; what: string }[] {
  const packages = hashOf(spec);
  return [
    ...(spec.code === null ? [] : [{ sha256: spec.code, what: "Its code" }]),
    ...(packages === null ? [] : [{ sha256: packages, what: "The list of its packages" }]),
    ...spec.inputs.map(({ path, sha256 }) => ({ sha256, what: `Its input ${path.replace(/^inputs\//, "")}` })),
  ];
}

function sameOf(spec: JobSpec, launch: LaunchFacts | null): Same[] {
  const packages = hashOf(spec);
  const { cpus, memoryBytes, gpus } = spec.resources;
  return [
    { label: launch ? `Recipe ${launch.recipe} v${launch.version}` : "Code", value: spec.code ?? "none", isHash: spec.code !== null },
    { label: "Command", value: spec.command.join(" ") },
    { label: "Packages", value: packages ?? "the agent's own", isHash: packages !== null },
    ...spec.inputs.map(({ path, sha256 }) => ({ label: path, value: sha256, isHash: true })),
    { label: "Resources", value: `${cpus} CPUs, ${Math.round(memoryBytes / 1024 ** 2)} MiB, ${gpus} GPUs` },
  ];
}

type Repeat = RepeatPlan & { spec: JobSpec | null };

async function planOf(db: Db, projectId: string, run: RunRow): Promise<Repeat> {
  const job = run.jobId === null ? null : await findJobRecord(db, projectId, run.jobId);
  if (!job) return { hindrances: [outside], notes: [], same: [], spec: null };
  const [view] = await hydrateRuns(db, projectId, [run.id], { metrics: [], params: [], tags: [] });
  const spec = freshSpec(job.spec);
  const contents = contentsOf(spec);
  const gone = await listMissing(db, projectId, [...new Set(contents.map(({ sha256 }) => sha256))]);
  const experiment = view && (await requireExperiment(db, projectId, view.experimentNo));
  return {
    hindrances: [
      ...(experiment?.lifecycleStage === "deleted" ? [`Its experiment ${experiment.name} is deleted: restore it first.`] : []),
      ...contents.flatMap(({ sha256, what }) => (gone.has(sha256) ? [`${what} is gone: nobody kept ${sha256.slice(0, 12)}, and it was given back.`] : [])),
    ],
    notes: job.spec.env.SLIPWAY_CHECKPOINT === undefined ? [] : ["It was resumed from a checkpoint; a repeat begins at the start."],
    same: sameOf(spec, view?.launch ?? null),
    spec,
  };
}

export const planRepeat = query("experiments.planRepeat", "viewer", RunRef, async ({ db, ctx, input }): Promise<RepeatPlan> => {
  const { spec: _, ...plan } = await planOf(db, ctx.project.id, await requireRun(db, ctx.project.id, input.runId));
  return plan;
});

/** What says where it came from; what was said of its results stays with the first one. */
const isOfSource = (key: string) => key.startsWith("mlflow.source.") || key === "slipway.recipe" || key === scoringTag;

type AnyWrite = Write<ProjectContext, unknown>;

/** Datasets that were read, and of a submitted run its code, changes and requirements among its artifacts. */
async function copySource(write: AnyWrite, from: RunRow, to: RunView): Promise<void> {
  const { tx, ctx } = write;
  const datasets = await listRunInputs(tx, from.id);
  if (datasets.length > 0) await logInputs.within(write, { runId: to.id, datasets });
  const [root, target] = [from.artifactUri, to.artifactUri].map((uri) => pathOfArtifactUri(uri)?.replace(/\/+$/, ""));
  if (!root || !target) return;
  const paths: string[] = Object.values(submittedPaths);
  for (const row of await listArtifactFiles(tx, ctx.project.id, `${root}/code`, 1_000)) {
    const path = row.path.slice(root.length + 1);
    if (paths.includes(path)) await putArtifactRow(tx, ctx.project.id, { ...row, path: `${target}/${path}` });
  }
}

async function startRepeat(write: AnyWrite, run: RunRow, before: RunView, spec: JobSpec): Promise<RunView & { jobId: string }> {
  const { tx, ctx } = write;
  const tags = [...before.tags.filter(({ key }) => isOfSource(key)), { key: repeatsTag, value: runHex(run.id) }];
  const made = await createRun.within(write, { experimentNo: before.experimentNo, name: `${run.name.slice(0, 180)} again`, userName: ctx.actor.name, tags });
  const { recipe } = spec.labels;
  const { jobId } = await submitJob.within(write, {
    ...spec,
    name: before.launch ? `${before.launch.recipe} · ${made.name}` : made.name,
    env: { ...spec.env, MLFLOW_RUN_ID: runHex(made.id), MLFLOW_EXPERIMENT_ID: String(before.experimentNo) },
    labels: { run: runHex(made.id), ...(recipe ? { recipe } : {}) },
  });
  const launch = before.launch && { ...before.launch, clonedFrom: run.id };
  await setScheduled(tx, made.id, { jobId, recipeId: run.recipeId, launch });
  return { ...made, jobId };
}

export const repeatRun = mutation("experiments.repeatRun", "member", RunRef, async (write) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const run = await requireRun(tx, ctx.project.id, input.runId);
  const { hindrances, spec } = await planOf(tx, ctx.project.id, run);
  const [before] = await hydrateRuns(tx, ctx.project.id, [run.id]);
  if (!spec || !before || hindrances.length > 0) throw new Conflict(`It can't be run again exactly. ${hindrances.join(" ")}`);
  const made = await startRepeat(write, run, before, spec);
  await copySource(write, run, made);
  await link({ from: { kind: "run", id: made.id }, to: { kind: "job", id: made.jobId }, relation: "filled by" }, { from: { kind: "run", id: made.id }, to: { kind: "run", id: run.id }, relation: "repeats" });
  subject({ kind: "run", id: made.id, name: made.name }, { repeats: run.id, code: spec.code });
  publish(...runTopics(made.id));
  return { runId: made.id, runHex: runHex(made.id), jobId: made.jobId, experimentNo: before.experimentNo };
});
