/** The audit as a file: all rows of the filter, whatever a page shows, and of this project alone. */
import { beforeAll, expect, it } from "vitest";
import { auditLog } from "@/drizzle/schema/platform";
import { makeTokens } from "@/server/access/identities";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { createGateway } from "../app";

const app = createGateway(() => 4999);
const count = 2_345;
let made: TestProject;
let token = "";

const entry = (projectId: string, subjectName: string) => ({
  id: newId(), projectId, actorKind: "user", actorId: "a", actorName: "Ada", action: "models.createModel", subjectKind: "model", subjectId: "m", subjectName, details: { of: subjectName }, requestId: "r",
});

async function download(query = "", bearer = token): Promise<Response> {
  return app.request(`http://localhost:4999/api/v1/audit.csv${query}`, { headers: { host: "localhost:4999", authorization: `Bearer ${bearer}` } });
}

beforeAll(async () => {
  made = await testProject("owner");
  token = (await makeTokens(made)).viewer;
  const other = await testProject("owner");
  await database().insert(auditLog).values(Array.from({ length: count }, (_, index) => entry(made.project.id, `model ${index}`)));
  await database().insert(auditLog).values([entry(made.project.id, "=1+1"), entry(other.project.id, "theirs")]);
});

it("has every row of the filter, newest first, over many pages", async () => {
  const response = await download("?action=models.createModel");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit.csv"');
  const lines = (await response.text()).trimEnd().split("\r\n");
  expect(lines[0]).toBe("id,at,actor,actor kind,action,subject kind,subject,subject id,details,request,seq,hash");
  expect(lines).toHaveLength(1 + count + 1);
  expect(lines[1]).toContain("\"'=1+1\"");
  expect(lines[2]).toContain(`model ${count - 1}`);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.join()).not.toContain("theirs");
});

it("keeps to the filter, and refuses one that does not parse", async () => {
  const lines = (await (await download("?subject=model%20123")).text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 1 + 10);
  expect((await download(`?action=${"a".repeat(101)}`)).status).toBe(400);
});

it("reads on only as fast as it is taken", async () => {
  const reader = (await download()).body?.getReader();
  const first = await reader?.read();
  expect(Buffer.from(first?.value ?? []).toString().split("\r\n").length).toBeLessThan(1_100);
  await reader?.cancel();
});
