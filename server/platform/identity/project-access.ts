/** A signed-in person in a project: their role there, or NotFound, so that other projects can't be probed. */
import { and, eq, exists, isNull, type SQL } from "drizzle-orm";
import { memberships, projects } from "@/drizzle/schema/identity";
import type { Actor, Project, ProjectContext, Role } from "../context";
import type { Db } from "../db";
import { NotFound } from "../errors";

/** Which rows of `projects` an actor can see: all for an admin, else those with a membership. */
export function visibleTo(db: Db, actor: Actor): SQL | undefined {
  if (actor.isAdmin) return undefined;
  return exists(db.select({ of: memberships.projectId }).from(memberships).where(and(eq(memberships.projectId, projects.id), eq(memberships.userId, actor.userId ?? actor.id))));
}

/** For work that no person asks for; null when the project is gone. */
export async function findProject(db: Db, id: string): Promise<Project | null> {
  const [row] = await db.select({ id: projects.id, slug: projects.slug, name: projects.name }).from(projects).where(eq(projects.id, id));
  return row ?? null;
}

export async function projectContextOf(db: Db, actor: Actor, slug: string, requestId: string, idempotencyKey?: string): Promise<ProjectContext> {
  const [row] = await db
    .select({ project: { id: projects.id, slug: projects.slug, name: projects.name }, role: memberships.role })
    .from(projects)
    .leftJoin(memberships, and(eq(memberships.projectId, projects.id), eq(memberships.userId, actor.userId ?? actor.id)))
    .where(and(eq(projects.slug, slug), isNull(projects.archivedAt)));
  const role = actor.isAdmin ? "owner" : (row?.role as Role | null | undefined);
  if (!row || !role) throw new NotFound(`There is no project ${slug} that you can see.`);
  return { actor, project: row.project, role, requestId, idempotencyKey };
}
