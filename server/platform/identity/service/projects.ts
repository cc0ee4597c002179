import { asc, and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { memberships, projects } from "@/drizzle/schema/identity";
import { appendAudit } from "../../audit/append";
import { Conflict, Forbidden, Invalid, NotFound } from "../../errors";
import { newId } from "../../ids";
import { instanceMutation, instanceQuery, mutation, query } from "../../mutation";
import { visibleTo } from "../project-access";
import { ArchiveProjectInput, CreateProjectInput, ProjectSlug, UpdateProjectInput } from "../contract";

const shown = { id: projects.id, slug: projects.slug, name: projects.name, description: projects.description, createdAt: projects.createdAt };

/** A new project; the person who makes it owns it. */
export const createProject = instanceMutation("identity.createProject", "admin", CreateProjectInput, async ({ tx, ctx, input, subject }) => {
  const [project] = await tx.insert(projects).values({ id: newId(), ...input }).onConflictDoNothing().returning(shown);
  if (!project) throw new Conflict(`There is a project ${input.slug} already, perhaps an archived one.`, { field: "slug" });
  if (ctx.actor.userId) await tx.insert(memberships).values({ projectId: project.id, userId: ctx.actor.userId, role: "owner" });
  const made = { kind: "project", id: project.id, name: project.slug };
  subject(made);
  // The first entry of its own chain; the row above stands in the installation's.
  await appendAudit(tx, { ...ctx, project, role: "owner" }, "identity.createProject", made, {});
  return project;
});

/** The projects an actor can see. Archived ones are not among them. */
export const listProjects = instanceQuery("identity.listProjects", "user", z.object({}), async ({ db, ctx }) =>
  db.select(shown).from(projects).where(and(isNull(projects.archivedAt), visibleTo(db, ctx.actor))).orderBy(asc(projects.slug)).limit(500),
);

export const listArchivedProjects = instanceQuery("identity.listArchivedProjects", "admin", z.object({}), async ({ db }) =>
  db.select({ ...shown, archivedAt: projects.archivedAt, archivedBy: projects.archivedBy }).from(projects).where(isNotNull(projects.archivedAt)).orderBy(desc(projects.archivedAt)).limit(500),
);

/** Who is asking, and what they may do here. */
export const getViewer = query("identity.getViewer", "viewer", z.object({}), async ({ ctx }) => ({
  actor: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name, isAdmin: ctx.actor.isAdmin },
  project: ctx.project,
  role: ctx.role,
}));

export const getProject = query("identity.getProject", "viewer", z.object({}), async ({ db, ctx }) => {
  const [project] = await db.select(shown).from(projects).where(eq(projects.id, ctx.project.id));
  if (!project) throw new NotFound("The project is gone.");
  return project;
});

/** Its name and description. The slug stays: it is in every link and client. */
export const updateProject = mutation("identity.updateProject", "owner", UpdateProjectInput, async ({ tx, ctx, input, subject }) => {
  const [project] = await tx.update(projects).set(input).where(eq(projects.id, ctx.project.id)).returning(shown);
  if (!project) throw new NotFound("The project is gone.");
  subject({ kind: "project", id: project.id, name: project.slug }, input);
  return project;
});

/** Puts a project away: hidden, its tokens refused, its endpoints silent. Nothing is deleted; an admin can restore it. */
export const archiveProject = mutation("identity.archiveProject", "owner", ArchiveProjectInput, async ({ tx, ctx, input, subject }) => {
  if (input.slug !== ctx.project.slug) throw new Invalid(`slug: type ${ctx.project.slug} to archive this project.`, { field: "slug" });
  if (ctx.actor.kind !== "user") throw new Forbidden("A project is archived by a person, not by a token.");
  const moved = await tx
    .update(projects)
    .set({ archivedAt: sql`now()`, archivedBy: ctx.actor.name })
    .where(and(eq(projects.id, ctx.project.id), isNull(projects.archivedAt)))
    .returning({ id: projects.id });
  if (moved.length === 0) throw new Conflict("This project is archived already.");
  subject({ kind: "project", id: ctx.project.id, name: ctx.project.slug });
  return {};
});

export const restoreProject = instanceMutation("identity.restoreProject", "admin", z.object({ project: ProjectSlug }), async ({ tx, ctx, input, subject }) => {
  const [project] = await tx
    .update(projects)
    .set({ archivedAt: null, archivedBy: null })
    .where(and(eq(projects.slug, input.project), isNotNull(projects.archivedAt)))
    .returning(shown);
  if (!project) throw new NotFound(`There is no archived project ${input.project}.`);
  const brought = { kind: "project", id: project.id, name: project.slug };
  subject(brought);
  await appendAudit(tx, { ...ctx, project, role: "owner" }, "identity.restoreProject", brought, {});
  return project;
});
