/** The log leads from the request id of an answer to what was asked, and holds no secret. */
import { beforeAll, expect, it, vi } from "vitest";
import { makeTokens } from "@/server/access/identities";
import { logger } from "@/server/platform/log";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";

const app = createGateway(() => 4999);
let project: TestProject;
let token = "";

beforeAll(async () => {
  project = await testProject();
  token = (await makeTokens(project)).viewer;
});

/** The lines of one request, and its answer. */
async function lines(path: string, method = "GET", headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  logger.level = "debug";
  const written: { level: string; line: unknown }[] = [];
  const spies = (["debug", "info", "warn"] as const).map((level) => vi.spyOn(logger, level).mockImplementation((line: unknown) => void written.push({ level, line })));
  const response = await app.request(`http://localhost:4999${path}`, { method, headers: { host: "localhost:4999", ...headers } });
  for (const spy of spies) spy.mockRestore();
  logger.level = "silent";
  return { written, requestId: response.headers.get("x-request-id") };
}

it("has one line a request, with the project and without the address", async () => {
  const { written, requestId } = await lines("/api/v1/models/secret-name?after=secret-value");
  expect(written).toEqual([
    { level: "info", line: { requestId, method: "GET", route: "/api/v1/models/:name", status: expect.any(Number), ms: expect.any(Number), projectId: project.project.id } },
  ]);
  expect(JSON.stringify(written)).not.toMatch(/secret|slw_/);
});

it("has a line for a request without an identity", async () => {
  const { written, requestId } = await lines("/api/v1/models", "GET", {});
  expect(written).toMatchObject([{ level: "info", line: { requestId, status: 401, projectId: undefined } }]);
});

it("has what machines ask all the time at debug, but not its refusals", async () => {
  expect((await lines("/health/live")).written).toMatchObject([{ level: "debug" }]);
  const { written, requestId } = await lines("/v2/models/absent/infer", "POST");
  expect(written).toMatchObject([{ level: "info", line: { requestId, status: 400 } }]);
});
