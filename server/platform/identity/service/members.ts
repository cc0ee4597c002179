import { and, asc, count, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { memberships, oneTimeLinks, users } from "@/drizzle/schema/identity";
import { hasRole } from "../../context";
import type { Tx } from "../../db";
import { Conflict, Forbidden, NotFound } from "../../errors";
import { mutation, query } from "../../mutation";
import { assertMayPassRightsOn } from "../../policy/access";
import { ChangeRoleInput, InviteMemberInput, RemoveMemberInput } from "../contract";
import { createOneTimeLink, endPasswordResets } from "../one-time-links";

export const listMembers = query("identity.listMembers", "viewer", z.object({}), async ({ db, ctx }) =>
  db
    .select({ userId: users.id, name: users.name, email: users.email, role: memberships.role, since: memberships.createdAt, isAdmin: users.isAdmin })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.projectId, ctx.project.id))
    .orderBy(asc(users.name))
    .limit(1_000),
);

const inviteeOf = (email: string | null): string => email ?? "whoever has the link";

/** A link that lets one person join with a role; hand it over yourself, it is shown once. */
export const inviteMember = mutation("identity.inviteMember", "maintainer", InviteMemberInput, async ({ tx, ctx, input, subject }) => {
  assertMayPassRightsOn(ctx.actor, "An invitation");
  if (!hasRole(ctx.role, input.role)) throw new Forbidden(`As ${ctx.role} you can't invite an ${input.role}.`, { field: "role" });
  const link = await createOneTimeLink(tx, {
    kind: "invitation", projectId: ctx.project.id, role: input.role, email: input.email, createdBy: ctx.actor.userId,
  });
  subject({ kind: "invitation", id: link.id, name: inviteeOf(input.email) }, { role: input.role });
  return { linkId: link.id, url: link.url };
});

export const listInvitations = query("identity.listInvitations", "maintainer", z.object({}), async ({ db, ctx }) =>
  db
    .select({ id: oneTimeLinks.id, email: oneTimeLinks.email, role: oneTimeLinks.role, createdAt: oneTimeLinks.createdAt, expiresAt: oneTimeLinks.expiresAt, by: users.name })
    .from(oneTimeLinks)
    .leftJoin(users, eq(users.id, oneTimeLinks.createdBy))
    .where(
      and(
        eq(oneTimeLinks.projectId, ctx.project.id), eq(oneTimeLinks.kind, "invitation"),
        isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, sql`now()`),
      ),
    )
    .orderBy(asc(oneTimeLinks.createdAt))
    .limit(200),
);

export const revokeInvitation = mutation("identity.revokeInvitation", "maintainer", z.object({ linkId: z.uuid() }), async ({ tx, ctx, input, subject }) => {
  const [row] = await tx
    .update(oneTimeLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(oneTimeLinks.projectId, ctx.project.id), eq(oneTimeLinks.id, input.linkId), isNull(oneTimeLinks.usedAt)))
    .returning();
  if (!row) throw new NotFound("There is no open invitation like that.");
  subject({ kind: "invitation", id: row.id, name: inviteeOf(row.email) }, { role: row.role });
  return { linkId: row.id };
});

/** Refuses to leave a project without an owner. Locks the owners, so that two changes can't both be the last. */
async function assertOwnerRemains(tx: Tx, projectId: string, userId: string): Promise<void> {
  await tx.execute(sql`select 1 from memberships where project_id = ${projectId} and role = 'owner' for update`);
  const [row] = await tx
    .select({ n: count() })
    .from(memberships)
    .where(and(eq(memberships.projectId, projectId), eq(memberships.role, "owner"), sql`${memberships.userId} <> ${userId}`));
  if (!row || row.n === 0) throw new Conflict("A project needs an owner: give someone else the role first.");
}

/** By the name and role at this moment, for the audit; held until the change of it is written. */
async function lockMember(tx: Tx, projectId: string, userId: string): Promise<{ name: string; role: string }> {
  const [member] = await tx
    .select({ name: users.name, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, projectId), eq(memberships.userId, userId)))
    .for("update", { of: memberships });
  if (!member) throw new NotFound("That person is not a member.");
  return member;
}

export const changeRole = mutation("identity.changeRole", "owner", ChangeRoleInput, async ({ tx, ctx, input, subject }) => {
  if (input.role !== "owner") await assertOwnerRemains(tx, ctx.project.id, input.userId);
  const member = await lockMember(tx, ctx.project.id, input.userId);
  await tx
    .update(memberships)
    .set({ role: input.role })
    .where(and(eq(memberships.projectId, ctx.project.id), eq(memberships.userId, input.userId)));
  subject({ kind: "user", id: input.userId, name: member.name }, { from: member.role, to: input.role });
  return { userId: input.userId, role: input.role };
});

export const removeMember = mutation("identity.removeMember", "owner", RemoveMemberInput, async ({ tx, ctx, input, subject }) => {
  await assertOwnerRemains(tx, ctx.project.id, input.userId);
  const member = await lockMember(tx, ctx.project.id, input.userId);
  await tx.delete(memberships).where(and(eq(memberships.projectId, ctx.project.id), eq(memberships.userId, input.userId)));
  subject({ kind: "user", id: input.userId, name: member.name }, { role: member.role });
  return { userId: input.userId };
});

/** A one-time link with which a member sets a new password; all their sessions end when it is used. */
export const createPasswordReset = mutation("identity.createPasswordReset", "owner", z.object({ userId: z.uuid() }), async ({ tx, ctx, input, subject }) => {
  assertMayPassRightsOn(ctx.actor, "A link for a new password");
  const [member] = await tx
    .select({ name: users.name, isAdmin: users.isAdmin })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, ctx.project.id), eq(memberships.userId, input.userId)));
  if (!member) throw new NotFound("That person is not a member.");
  // An account reaches further than this project: only an instance admin may take it over by a reset.
  if (!ctx.actor.isAdmin) throw new Forbidden("Password resets are made by an instance admin.");
  subject({ kind: "user", id: input.userId, name: member.name });
  await endPasswordResets(tx, input.userId);
  return createOneTimeLink(tx, { kind: "password_reset", userId: input.userId, createdBy: ctx.actor.userId });
});
