/** Someone who has an account joins another project by an invitation. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { memberships, oneTimeLinks, projects, users } from "@/drizzle/schema/identity";
import { appendAudit } from "../../audit/append";
import { Conflict, Forbidden, Invalid, NotFound } from "../../errors";
import { instanceMutation } from "../../mutation";
import { JoinProjectInput } from "../contract";
import { findOpenLink } from "../one-time-links";

export const joinProject = instanceMutation("identity.joinProject", "user", JoinProjectInput, async ({ tx, ctx, input, subject }) => {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  if (!userId) throw new Forbidden("A person joins a project, signed in, not a token.");
  const link = await findOpenLink(tx, input.secret);
  if (link.kind !== "invitation" || !link.projectId) throw new Invalid("This link is not an invitation.", { field: "secret" });
  const [user] = await tx.select().from(users).where(eq(users.id, userId));
  if (link.email && link.email.toLowerCase() !== user?.email) throw new Forbidden(`This invitation is for ${link.email}.`);
  const [project] = await tx.select().from(projects).where(eq(projects.id, link.projectId));
  if (!project) throw new NotFound("The project is gone.");
  const made = await tx.insert(memberships).values({ projectId: project.id, userId, role: link.role ?? "member" }).onConflictDoNothing().returning();
  // The link is left for whom it was meant.
  if (made.length === 0) throw new Conflict(`You are in ${project.name} already.`);
  const used = await tx.update(oneTimeLinks).set({ usedAt: sql`now()` }).where(and(eq(oneTimeLinks.id, link.id), isNull(oneTimeLinks.usedAt))).returning({ id: oneTimeLinks.id });
  if (used.length === 0) throw new Conflict("This link was used a moment ago.");
  subject({ kind: "project", id: project.id, name: project.slug }, { role: link.role });
  // The row above stands in the installation's chain; the project's people read their own.
  await appendAudit(tx, { ...ctx, project, role: "viewer" }, "identity.joinProject", { kind: "user", id: userId, name: ctx.actor.name }, { role: link.role });
  return { project: project.slug };
});
