import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, operations } from "@/drizzle/schema/platform";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { database } from "@/server/platform/db";
import { overrideEnv } from "@/server/platform/env";
import { cancelOperation, getOperation, runOperation } from "@/server/platform/operations";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { gitToken, startGitServer } from "../../testing/git-server";
import { getRecipe } from "../recipes";
import { readRepository } from "./read-repository";
import { registerRecipeArchive } from "./register-archive";
import { registerRecipeFromGit } from "./register-git";

const yaml = "kind: recipe\nname: train\nexperiment: steps\ncommand: [python, train.py]\n";
const files = { "recipe.yaml": yaml, "train.py": "print(1)\n", "run.sh": "#!/bin/sh\n" };
const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`ml/train/${path}`, text]));

let server: Awaited<ReturnType<typeof startGitServer>>;
let first: string;
let second: string;
let own: TestProject;

beforeAll(async () => {
  server = await startGitServer();
  first = server.commit("models", { files: { "README.md": "x", ...inFolder }, executable: ["ml/train/run.sh"], links: { "ml/train/latest": "/etc" }, tag: "v1" }, true);
  second = server.commit("models", { files: { "ml/train/train.py": "print(2)\n" } });
  server.commit("models", { files: { "ml/train/train.py": "print(3)\n" }, branch: "next" });
  execFileSync("git", ["checkout", "--quiet", "main"], { cwd: `${server.root}/models` });
  server.commit("private-models", { files }, true);
  server.commit("wrong", { files: { "recipe.yaml": yaml.replace("[python, train.py]", "python") } }, true);
});
afterAll(() => server.stop());
beforeEach(async () => {
  own = await testProject();
  overrideEnv({ SLIPWAY_ALLOW_PRIVATE_GIT: "true" });
});
afterEach(() => overrideEnv({ SLIPWAY_ALLOW_PRIVATE_GIT: "false" }));

const run = (operationId: string) => runOperation.run({ operationId }, { attempt: 1, maxAttempts: 12, signal: new AbortController().signal });

type Asked = Omit<Parameters<typeof registerRecipeFromGit>[1], "url">;

async function register(name: string, asked: Asked = {}, url = server.urlOf(name)) {
  const { operationId } = await registerRecipeFromGit(own.ctx, { url, ...asked });
  await run(operationId);
  return getOperation(own.ctx, { operationId });
}

describe("a repository's folder", () => {
  test("is registered with its commit, and is the same version as the folder packed", async () => {
    const done = await register("models", { folder: "ml/train", ref: "v1" });
    expect(done).toMatchObject({ state: "succeeded", result: { name: "train", version: 1, isNew: true, commit: first } });
    const recipe = await getRecipe(own.ctx, { name: "train" });
    expect(recipe.source).toEqual({ kind: "git", url: server.urlOf("models"), ref: "v1", folder: "ml/train", commit: first });
    const zip = execFileSync("git", ["archive", "--format=tar.gz", "v1:ml/train", "recipe.yaml", "run.sh", "train.py"], { cwd: `${server.root}/models` });
    const { sha256 } = await storeBlob(own.ctx, Readable.from([zip]), {});
    expect(await registerRecipeArchive(own.ctx, { sha256 })).toMatchObject({ id: recipe.id, isNew: false });
  });

  test.each([
    ["the default branch", { folder: "ml/train" }, () => second],
    ["a commit", { folder: "/ml/train/", ref: "FIRST" }, () => first],
  ])("of %s", async (_, asked, commit) => {
    const done = await register("models", "ref" in asked ? { ...asked, ref: first } : asked);
    expect(done).toMatchObject({ state: "succeeded", result: { commit: commit() } });
  });

  test("behind a redirect", async () => {
    expect(await register("models", { folder: "ml/train" }, server.urlOf("moved/models"))).toMatchObject({ state: "succeeded", result: { commit: second } });
  });
});

test("a token opens a private repository, and is in no table after", async () => {
  expect(await register("private-models")).toMatchObject({ state: "failed", error: "The repository is not public: give a token that may read it." });
  expect(await register("private-models", { token: "another" })).toMatchObject({ state: "failed", error: "The token was refused." });
  const { operationId } = await registerRecipeFromGit(own.ctx, { url: server.urlOf("private-models"), token: gitToken });
  const [before] = await database().select().from(operations).where(eq(operations.id, operationId));
  expect(before?.payload).toHaveProperty("sealedToken");
  expect(JSON.stringify(before)).not.toContain(gitToken);
  await run(operationId);
  const [after] = await database().select().from(operations).where(eq(operations.id, operationId));
  expect(after).toMatchObject({ state: "succeeded" });
  expect(after?.payload).not.toHaveProperty("sealedToken");
  expect(JSON.stringify(await database().select().from(auditLog).where(eq(auditLog.projectId, own.project.id)))).not.toContain(gitToken);
  const { operationId: cancelled } = await registerRecipeFromGit(own.ctx, { url: server.urlOf("private-models"), token: gitToken });
  await cancelOperation(own.ctx, { operationId: cancelled });
  expect((await database().select().from(operations).where(eq(operations.id, cancelled)))[0]?.payload).not.toHaveProperty("sealedToken");
});

test.each([
  ["models", {}, /There is one at ml\/train\/recipe\.yaml/],
  ["models", { folder: "ml/none" }, /There is no folder ml\/none at/],
  ["models", { ref: "nowhere" }, /no branch, tag or commit nowhere/],
  ["nothing", {}, /no public repository at this address/],
  ["wrong", {}, /recipe\.yaml, line 4: command: A list is needed/],
])("%s with %o fails with its reason", async (name, asked, words) => {
  expect(await register(name, asked)).toMatchObject({ state: "failed", error: expect.stringMatching(words) });
});

describe("where it may lead", () => {
  test.each(["https://127.0.0.1/a.git", "https://localhost/a", "https://[::1]/a", "https://10.0.0.8/a", "https://169.254.169.254/latest"])("not to %s", async (url) => {
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_GIT: "false" });
    await expect(registerRecipeFromGit(own.ctx, { url })).rejects.toMatchObject({ code: "Invalid", detail: { field: "url" }, message: expect.stringMatching(/SLIPWAY_ALLOW_PRIVATE_GIT/) });
  });

  test("not without TLS, and not with a password in the address", async () => {
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_GIT: "false" });
    await expect(registerRecipeFromGit(own.ctx, { url: "http://git.example/a.git" })).rejects.toMatchObject({ message: "An https address is needed." });
    await expect(registerRecipeFromGit(own.ctx, { url: "https://git.example/a.git?token=secret" })).rejects.toMatchObject({ code: "Invalid", message: expect.stringMatching(/nothing behind \? or #/) });
    await expect(registerRecipeFromGit(own.ctx, { url: "https://me:secret@git.example/a.git" })).rejects.toMatchObject({ code: "Invalid", message: expect.stringMatching(/leave name and password out/) });
    await expect(registerRecipeFromGit(own.ctx, { url: "file:///etc" })).rejects.toMatchObject({ code: "Invalid" });
  });

  test("a name that turns inward after it was asked for is refused at the connection", async () => {
    const { operationId } = await registerRecipeFromGit(own.ctx, { url: server.urlOf("models") });
    overrideEnv({ SLIPWAY_ALLOW_PRIVATE_GIT: "false" });
    await run(operationId);
    expect(await getOperation(own.ctx, { operationId })).toMatchObject({ state: "failed", error: expect.stringMatching(/not a public address/) });
  });

  test("endless redirects, endless bytes, and no git at all end with a sentence", async () => {
    const odd = createServer((request, response) => {
      if (request.url?.startsWith("/loop")) return void response.writeHead(302, { location: request.url }).end();
      if (request.url?.startsWith("/page")) return void response.end("<html>hello</html>");
      const more = () => {
        while (response.write(Buffer.alloc(1024 ** 2)));
        response.once("drain", more);
      };
      more();
    });
    await new Promise<void>((ready) => odd.listen(0, "127.0.0.1", ready));
    const at = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    expect((await register("", {}, `${at}/loop`)).error).toMatch(/redirects without end/);
    expect((await register("", {}, `${at}/page`)).error).toMatch(/does not answer as a git server/);
    expect((await register("", {}, `${at}/endless`)).error).toMatch(/more than 64 MiB|does not answer as a git server/);
    odd.closeAllConnections();
    await new Promise((closed) => odd.close(closed));
    expect((await register("", {}, `${at}/gone`)).error).toMatch(/can't be reached \(ECONNREFUSED\)/);
  });
});

test("what unpacks to more than is allowed is refused before it is unpacked", async () => {
  server.commit("wide", { files: { "zeros.bin": "0".repeat(3_000_000) } }, true);
  const asked = { url: server.urlOf("wide"), ref: "", folder: "", token: null };
  await expect(readRepository(asked, async () => undefined, 2_000_000)).rejects.toThrow(/too large/);
  expect((await readRepository(asked, async () => undefined)).files.map(({ path, content }) => [path, content.length])).toEqual([["zeros.bin", 3_000_000]]);
});
