import { Readable } from "node:stream";
import { beforeEach, expect, it } from "vitest";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { listRunArtifacts } from "../artifacts";
import { getRun, searchRuns } from "../runs";
import { submitRun } from "./submit-run";

let a: TestProject;

beforeEach(async () => {
  a = await testProject("member");
});

const put = async (text: string) => (await storeBlob(a.ctx, Readable.from([text]), {})).sha256;
const commit = "a".repeat(40);

it("makes a run and its job; code, changes and requirements stand with the run, and the commit in its tags without a password", async () => {
  const [codeSha256, changesSha256, requirementsSha256] = [await put("code"), await put("+ changed"), await put("numpy==1 --hash=sha256:1")];
  const made = await submitRun(a.ctx, {
    command: ["python", "train.py", "--lr", "0.1"], codeSha256, changesSha256, requirementsSha256, experiment: "scripts", runName: "first",
    git: { commit, branch: "main", remote: "https://me:secret@git.example/a.git" }, resources: { cpus: 2, memory: "1GiB", timeout: "10m" }, tags: [{ key: "team", value: "x" }],
  });
  const run = await getRun(a.ctx, { runId: made.runId });
  expect(run).toMatchObject({ name: "first", experimentName: "scripts", status: "SCHEDULED", jobId: made.jobId, launch: null });
  const tags = Object.fromEntries(run.tags.map(({ key, value }) => [key, value]));
  expect(tags).toMatchObject({ "mlflow.source.name": "python train.py --lr 0.1", "mlflow.source.git.commit": commit, "mlflow.source.git.branch": "main", "mlflow.source.git.repoURL": "https://git.example/a.git", team: "x" });
  expect(JSON.stringify(run)).not.toContain("secret");
  const { entries } = await listRunArtifacts(a.ctx, { runId: made.runId, path: "code" });
  expect(entries.map(({ path, size }) => [path, size])).toEqual([["code/changes.diff", 9], ["code/requirements.txt", 24], ["code/source.tar.gz", 4]]);
  const job = await getJob(a.ctx, { jobId: made.jobId });
  expect(job.spec).toMatchObject({
    command: ["python", "train.py", "--lr", "0.1"], code: codeSha256, environment: { kind: "python", requirementsSha256 }, resources: { cpus: 2, memoryBytes: 2 ** 30 }, timeLimitSeconds: 600,
    env: { MLFLOW_RUN_ID: made.runHex },
  });
});

it("refuses what is not there or not whole, names the field, and leaves no run", async () => {
  const codeSha256 = await put("code");
  const theirs = await testProject("member");
  const foreign = (await storeBlob(theirs.ctx, Readable.from(["theirs"]), {})).sha256;
  const refused = [
    [{ codeSha256: "f".repeat(64) }, "codeSha256"], [{ changesSha256: foreign }, "changesSha256"], [{ command: [] }, "command"], [{ git: { commit: "HEAD" } }, "git.commit"],
    [{ resources: { memory: "lots" } }, "resources.memory"], [{ command: ["a\u0000b"] }, "command.0"],
  ] as const;
  for (const [change, field] of refused) {
    await expect(submitRun(a.ctx, { command: ["true"], codeSha256, ...change } as Parameters<typeof submitRun>[1])).rejects.toMatchObject({ code: "Invalid", detail: { field } });
  }
  expect((await searchRuns(a.ctx, {})).runs).toEqual([]);
  await expect(submitRun(await a.as("viewer"), { command: ["true"], codeSha256 })).rejects.toMatchObject({ code: "Forbidden" });
});
