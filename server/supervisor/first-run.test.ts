/** An installation's first start: the tokens of connect.env, and where it is told that they were made. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { projects } from "@/drizzle/schema/identity";
import { auditLog } from "@/drizzle/schema/platform";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { ensureFirstRun } from "./first-run";

const folder = mkdtempSync(join(tmpdir(), "slipway-first-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("tells of its project's token in that project's chain, once", async () => {
  await testProject();
  const first = { slug: "first", name: "First", description: "" };
  const { project: slug } = await ensureFirstRun(folder, first);
  await ensureFirstRun(folder, first);
  const [project] = await database().select().from(projects).where(eq(projects.slug, slug));
  const rows = await database().select().from(auditLog).where(and(eq(auditLog.projectId, project?.id ?? ""), eq(auditLog.action, "identity.createToken"), eq(auditLog.subjectName, "connect.env")));
  expect(rows).toMatchObject([{ actorName: "first start", subjectKind: "token", details: { scopes: ["read", "write", "manage"] } }]);
});
