/** What is done to a person stands in the audit by their name, as it was then. */
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditLog } from "@/drizzle/schema/platform";
import { users } from "@/drizzle/schema/identity";
import { listAudit } from "../audit/service";
import { database } from "../db";
import { newId } from "../ids";
import { testProject } from "../testing/project";
import { changeRole, inviteMember, removeMember, revokeInvitation } from "./service/members";

it("names whose role was changed, from which to which, and who was removed, whatever they are called later", async () => {
  const { ctx, as } = await testProject();
  const { actor } = await as("member");
  await changeRole(ctx, { userId: actor.id, role: "maintainer" });
  await removeMember(ctx, { userId: actor.id });
  await database().update(users).set({ name: "Somebody Else" }).where(eq(users.id, actor.id));
  expect((await listAudit(ctx, { subjectKind: "user" })).rows).toMatchObject([
    { action: "identity.removeMember", subjectName: actor.name, details: { role: "maintainer" } },
    { action: "identity.changeRole", subjectName: actor.name, details: { from: "member", to: "maintainer" } },
  ]);
});

it("names the person of an older entry that has an id alone", async () => {
  const { ctx, as, project } = await testProject();
  const { actor } = await as("member");
  await database().insert(auditLog).values({ id: newId(), projectId: project.id, actorKind: "user", actorId: ctx.actor.id, actorName: ctx.actor.name, action: "identity.changeRole", subjectKind: "user", subjectId: actor.id, details: { role: "viewer" }, requestId: newId() });
  expect((await listAudit(ctx, {})).rows).toMatchObject([{ subjectName: actor.name }]);
  expect((await listAudit(ctx, { subject: actor.name })).rows).toHaveLength(1);
});

it("names an invitation by its address, or by whom it is for", async () => {
  const { ctx } = await testProject();
  const { linkId } = await inviteMember(ctx, { role: "viewer", email: null });
  await revokeInvitation(ctx, { linkId });
  await inviteMember(ctx, { role: "viewer", email: "pia@example.com" });
  expect((await listAudit(ctx, { subjectKind: "invitation" })).rows.map((row) => row.subjectName)).toEqual(["pia@example.com", "whoever has the link", "whoever has the link"]);
});
