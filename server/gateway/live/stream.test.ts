/** Who may watch is asked again while they watch. */
import { PassThrough } from "node:stream";
import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { memberships } from "@/drizzle/schema/identity";
import { cookieFor, makeTokens } from "@/server/access/identities";
import { database } from "@/server/platform/db";
import { resolveApiToken } from "@/server/platform/identity/resolve-token";
import { hashToken } from "@/server/platform/identity/secrets";
import { revokeToken } from "@/server/platform/identity/service/tokens";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";
import { beat, fanOut } from "./stream";

const app = createGateway(() => 4999);
let project: TestProject;

beforeEach(async () => {
  project = await testProject();
});

async function watch(headers: Record<string, string>): Promise<{ text(): string; isOpen(): boolean }> {
  const outgoing = Object.assign(new PassThrough(), { writeHead() {} });
  const all = { host: "localhost:4999", "x-slipway-project": project.project.slug, ...headers };
  await app.request("http://localhost:4999/live", { headers: all }, { outgoing });
  let text = "";
  outgoing.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { text: () => text, isOpen: () => !outgoing.writableEnded };
}

it("tells a project's viewers of its topics, and nobody else", async () => {
  const { viewer } = await makeTokens(project);
  const stranger = await watch({ authorization: `Bearer ${(await makeTokens(await testProject())).viewer}` });
  const own = await watch({ authorization: `Bearer ${viewer}` });
  fanOut(project.project.id, ["runs"]);
  await expect.poll(own.text).toContain('data: ["runs"]');
  expect(stranger.text()).not.toContain("runs");
});

it("ends with the token that opened it", async () => {
  const { viewer } = await makeTokens(project);
  const stream = await watch({ authorization: `Bearer ${viewer}` });
  await beat();
  await expect.poll(stream.text).toContain("heartbeat");
  expect(stream.isOpen()).toBe(true);
  const tokenId = (await resolveApiToken(database(), hashToken(viewer)))?.actor.id ?? "";
  await revokeToken(project.ctx, { tokenId });
  await beat();
  expect(stream.isOpen()).toBe(false);
});

it("ends for a person who left the project", async () => {
  const stream = await watch({ cookie: (await cookieFor("viewer", project)) ?? "" });
  await beat();
  expect(stream.isOpen()).toBe(true);
  await database().delete(memberships).where(eq(memberships.projectId, project.project.id));
  await beat();
  expect(stream.isOpen()).toBe(false);
});
