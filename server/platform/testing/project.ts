/** Fresh projects and people for a test: each suite mints its own, so suites never meet. */
import { randomBytes } from "node:crypto";
import { memberships, projects, users } from "@/drizzle/schema/identity";
import type { Actor, ProjectContext, Role } from "../context";
import { database } from "../db";
import { newId } from "../ids";

export type TestProject = {
  project: { id: string; slug: string; name: string };
  /** A context with this role; each call is another person. */
  as(role: Role): Promise<ProjectContext>;
  /** A member's context, made once. */
  ctx: ProjectContext;
};

async function makePerson(projectId: string, role: Role): Promise<Actor> {
  const id = newId();
  const name = `${role} ${id.slice(-6)}`;
  await database().insert(users).values({ id, email: `${id}@test.invalid`, name });
  await database().insert(memberships).values({ projectId, userId: id, role });
  return { kind: "user", id, name, userId: id, isAdmin: false };
}

export async function testProject(role: Role = "owner"): Promise<TestProject> {
  const project = { id: newId(), slug: `t-${randomBytes(6).toString("hex")}`, name: "Test project" };
  await database().insert(projects).values(project);
  const as = async (wanted: Role): Promise<ProjectContext> => ({
    actor: await makePerson(project.id, wanted),
    project,
    role: wanted,
    requestId: newId(),
  });
  return { project, as, ctx: await as(role) };
}
