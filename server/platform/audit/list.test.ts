/** Reading the audit: who, what and on what, of one project only. */
import { expect, it } from "vitest";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import { database } from "../db";
import { newId } from "../ids";
import { mutation } from "../mutation";
import { testProject } from "../testing/project";
import { listAudit } from "./service";

const verb = (action: string) =>
  mutation(`test.${action}`, "member", z.object({ name: z.string() }), async ({ input, subject }) => {
    subject({ kind: "thing", id: `id-of-${input.name}`, name: input.name }, {});
    return {};
  });

it("filters by actor, action and a part of the subject, and says what there is to filter by", async () => {
  const { ctx, as } = await testProject();
  const other = await testProject();
  const member = await as("member");
  await verb("paint")(ctx, { name: "50%_door" });
  await verb("paint")(member, { name: "window" });
  await verb("sell")(ctx, { name: "window" });
  await verb("burn")(other.ctx, { name: "window" });
  const names = async (input: object) => (await listAudit(ctx, input)).rows.map(({ action, subjectName }) => `${action} ${subjectName}`);
  expect(await names({ subject: "window" })).toEqual(["test.sell window", "test.paint window"]);
  expect(await names({ subject: "WIND", action: "test.paint" })).toEqual(["test.paint window"]);
  expect(await names({ subject: "%_d" })).toEqual(["test.paint 50%_door"]);
  expect(await names({ actor: ctx.actor.name, action: "test.sell" })).toEqual(["test.sell window"]);
  const first = await listAudit(ctx, { limit: 1 });
  expect(first.choices?.actions).toEqual(expect.arrayContaining(["test.paint", "test.sell"]));
  expect(first.choices?.actions).not.toContain("test.burn");
  expect(first.choices?.actors).toContain(ctx.actor.name);
  expect((await listAudit(ctx, { cursor: first.next })).choices).toBeNull();
  expect((await listAudit(ctx, { id: first.rows[0]?.id })).rows).toHaveLength(1);
  expect((await listAudit(other.ctx, { id: first.rows[0]?.id })).rows).toEqual([]);
});

it("names a person of before names were kept by the account of now, and any other id by nothing", async () => {
  const { ctx, project } = await testProject();
  const { userId } = ctx.actor;
  const rows = [userId, "ada", newId()].map((subjectId) => ({
    id: newId(), projectId: project.id, actorKind: "user", actorId: "ada", actorName: "Ada", action: "test.old", subjectKind: "user", subjectId, details: {}, requestId: newId(),
  }));
  await database().insert(auditLog).values(rows);
  const listed = (await listAudit(ctx, { action: "test.old" })).rows;
  expect(listed.map(({ subjectName }) => subjectName)).toEqual([null, null, ctx.actor.name]);
  expect((await listAudit(ctx, { action: "test.old", subject: ctx.actor.name })).rows).toHaveLength(1);
});
