/** Submitting: a command with its code, its git commit and changes, and its environment becomes a run and the job that fills it. */
import type { z } from "zod";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { requireBlob } from "@/server/platform/blob-store/hold-blobs";
import { statBlob } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { Invalid } from "@/server/platform/errors";
import { preparedMutation, type Write } from "@/server/platform/mutation";
import { SubmitRunInput } from "../../contract/submission";
import type { RunView } from "../../contract/run";
import { pathOfArtifactUri } from "../../rules/artifact-path";
import { submittedPaths } from "../../rules/code-files";
import { withoutCredentials } from "../../rules/launch/remote-url";
import { putArtifactRow } from "../../store/artifacts";
import { setScheduled } from "../../store/run-states";
import { experimentNo } from "./launch-run";
import { createRun, runHex, runTopics } from "../runs";

type Submission = z.output<typeof SubmitRunInput>;

/** What MLflow's own client would say of a script's source, under its names. */
function sourceTags({ command, git }: Submission): { key: string; value: string }[] {
  return [
    { key: "mlflow.source.type", value: "LOCAL" },
    { key: "mlflow.source.name", value: command.join(" ").slice(0, 8_000) },
    ...(git ? [{ key: "mlflow.source.git.commit", value: git.commit }] : []),
    ...(git?.branch ? [{ key: "mlflow.source.git.branch", value: git.branch }] : []),
    ...(git?.remote ? [{ key: "mlflow.source.git.repoURL", value: withoutCredentials(git.remote) }] : []),
  ];
}

type SourceFile = { field: "codeSha256" | "changesSha256" | "requirementsSha256"; path: string; sha256: string; size: number };

/** Sizes are asked of the store before the transaction begins. */
async function findSource({ ctx, input }: { ctx: ProjectContext; input: Submission }): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const field of ["codeSha256", "changesSha256", "requirementsSha256"] as const) {
    const sha256 = input[field];
    if (sha256 === null) continue;
    const blob = await statBlob(ctx, sha256).catch(() => {
      throw new Invalid(`${field}: upload the content first (PUT /api/v1/blobs/${sha256}).`, { field });
    });
    found.push({ field, path: submittedPaths[field], ...blob });
  }
  return found;
}

/** Code, changes and requirements stand among the run's artifacts, where they are kept as long as it is. */
async function keepSource({ tx, ctx }: Write<ProjectContext, unknown>, files: readonly SourceFile[], run: RunView): Promise<void> {
  const root = pathOfArtifactUri(run.artifactUri);
  for (const { field, path, sha256, size } of files) {
    await requireBlob(tx, ctx.project.id, field, sha256);
    await putArtifactRow(tx, ctx.project.id, { path: `${root}/${path}`, sha256, size });
  }
}

export const submitRun = preparedMutation("experiments.submitRun", "member", SubmitRunInput, findSource, async (write, source) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const no = input.experiment === null ? 0 : await experimentNo(tx, ctx.project.id, input.experiment);
  const run = await createRun.within(write, { experimentNo: no, name: input.runName, userName: ctx.actor.name, tags: [...sourceTags(input), ...input.tags] });
  await keepSource(write, source, run);
  const { cpus, memory, gpus, timeout } = input.resources;
  const { jobId } = await submitJob.within(write, {
    name: run.name,
    command: input.command,
    code: input.codeSha256,
    environment: input.requirementsSha256 ? { kind: "python", requirementsSha256: input.requirementsSha256 } : { kind: "none" },
    env: { MLFLOW_RUN_ID: runHex(run.id), MLFLOW_EXPERIMENT_ID: String(no) },
    resources: { cpus, memoryBytes: memory, gpus },
    timeLimitSeconds: timeout,
    maxAttempts: input.maxAttempts,
    priority: input.priority,
    labels: { run: runHex(run.id) },
  });
  await setScheduled(tx, run.id, { jobId });
  await link({ from: { kind: "run", id: run.id }, to: { kind: "job", id: jobId }, relation: "filled by" });
  subject({ kind: "run", id: run.id, name: run.name }, { command: input.command, commit: input.git?.commit ?? null, codeSha256: input.codeSha256 });
  publish(...runTopics(run.id));
  return { runId: run.id, runHex: runHex(run.id), jobId, experimentNo: no };
});
