import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { tarGz } from "@/agent/testing/write-tar";
import { runs } from "@/drizzle/schema/experiments";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { uploadArtifact } from "../artifacts";
import { registerRecipe } from "../recipes";
import { submitRun } from "../launch/submit-run";
import { createRun } from "../runs";
import { readRunCode } from "./run-code";
import { listRunFiles } from "./run-files";

const put = async (content: string | Buffer) => Readable.from([Buffer.from(content)]);

it("reads a launched run's code out of its recipe's archive, and its requirements", async () => {
  const { ctx } = await testProject("member");
  const code = await storeBlob(ctx, await put(tarGz([{ path: "train.py", body: "print(1)\n" }, { path: "lib/data.bin", body: Buffer.from([0, 1]) }])), {});
  const requirements = await storeBlob(ctx, await put("numpy==2.1.0\n"), {});
  await registerRecipe(ctx, { codeSha256: code.sha256, requirementsSha256: requirements.sha256, definition: { kind: "recipe", name: "train", experiment: "x", command: ["true"], parameters: { type: "object", properties: {} } } });
  const run = await createRun(ctx, { experimentNo: 0, name: "r" });
  await database().update(runs).set({ launch: { recipe: "train", version: 1, parameters: {}, inputs: {}, command: [], clonedFrom: null } }).where(eq(runs.id, run.id));
  expect(await readRunCode(ctx, { runId: run.id })).toEqual({
    source: "recipe", isCut: false, environment: [{ path: "requirements.txt", size: 13, text: "numpy==2.1.0\n" }],
    files: [{ path: "lib/data.bin", size: 2, text: null }, { path: "train.py", size: 9, text: "print(1)\n" }],
  });
});

it("of a run from outside, what its client logged; another project's run is not found", async () => {
  const { ctx } = await testProject("member");
  const run = await createRun(ctx, { experimentNo: 0, name: "r" });
  const root = run.artifactUri.slice("mlflow-artifacts:/".length);
  for (const [path, text] of [["code/train.py", "x = 1\n"], ["requirements.txt", "numpy==2.0\n"], ["plots/roc.png", "no text"]] as const) await uploadArtifact(ctx, `${root}/${path}`, await put(text), {});
  const { source, files, environment } = await readRunCode(ctx, { runId: run.id });
  expect([source, files.map(({ path }) => path), environment.map(({ text }) => text)]).toEqual(["artifacts", ["code/train.py"], ["numpy==2.0\n"]]);
  expect((await listRunFiles(ctx, { runId: run.id })).files.map(({ path }) => path)).toEqual(["code/train.py", "plots/roc.png", "requirements.txt"]);
  const other = await testProject("member");
  await expect(readRunCode(other.ctx, { runId: run.id })).rejects.toThrow("not found");
  await expect(listRunFiles(other.ctx, { runId: run.id })).rejects.toThrow("not found");
});

it("of a submitted command, the folder with its changes, and the lock of its packages", async () => {
  const { ctx } = await testProject("member");
  const stored = async (content: string | Buffer) => (await storeBlob(ctx, await put(content), {})).sha256;
  const { runId } = await submitRun(ctx, {
    command: ["python", "train.py"], codeSha256: await stored(tarGz([{ path: "train.py", body: "print(2)\n" }])), changesSha256: await stored("-print(1)\n+print(2)\n"), requirementsSha256: await stored("numpy==2\n"),
  });
  expect(await readRunCode(ctx, { runId })).toEqual({
    source: "submission", isCut: false, environment: [{ path: "requirements.txt", size: 9, text: "numpy==2\n" }],
    files: [{ path: "train.py", size: 9, text: "print(2)\n" }, { path: "changes.diff", size: 20, text: "-print(1)\n+print(2)\n" }],
  });
});
