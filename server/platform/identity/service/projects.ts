import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { memberships, projects } from "@/drizzle/schema/identity";
import { Conflict } from "../../errors";
import { newId } from "../../ids";
import { instanceMutation, instanceQuery, query } from "../../mutation";
import { CreateProjectInput } from "../contract";

/** A new project; the person who makes it owns it. */
export const createProject = instanceMutation("identity.createProject", "admin", CreateProjectInput, async ({ tx, ctx, input, subject }) => {
  const [project] = await tx.insert(projects).values({ id: newId(), ...input }).onConflictDoNothing().returning();
  if (!project) throw new Conflict(`There is a project ${input.slug} already.`, { field: "slug" });
  if (ctx.actor.userId) await tx.insert(memberships).values({ projectId: project.id, userId: ctx.actor.userId, role: "owner" });
  subject({ kind: "project", id: project.id, name: project.slug });
  return project;
});

/** The projects an actor can see: all for an admin, else those with a membership. */
export const listProjects = instanceQuery("identity.listProjects", "user", z.object({}), async ({ db, ctx }) => {
  if (ctx.actor.isAdmin) return db.select().from(projects).orderBy(asc(projects.slug)).limit(500);
  return db
    .select({ id: projects.id, slug: projects.slug, name: projects.name, description: projects.description, createdAt: projects.createdAt })
    .from(projects)
    .innerJoin(memberships, eq(memberships.projectId, projects.id))
    .where(eq(memberships.userId, ctx.actor.userId ?? ctx.actor.id))
    .orderBy(asc(projects.slug))
    .limit(500);
});

/** Who is asking, and what they may do here. */
export const getViewer = query("identity.getViewer", "viewer", z.object({}), async ({ ctx }) => ({
  actor: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name, isAdmin: ctx.actor.isAdmin },
  project: ctx.project,
  role: ctx.role,
}));
