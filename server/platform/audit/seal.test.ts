import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { auditLog } from "@/drizzle/schema/platform";
import { database } from "../db";
import { mutation } from "../mutation";
import { testProject } from "../testing/project";
import { sealAudit, verifyAudit } from "./seal";

const renameThing = mutation("test.renameThing", "member", z.object({ name: z.string().min(1) }), async (write) => {
  write.subject({ kind: "thing", id: "1", name: write.input.name }, { nested: { b: 1, a: [1, { z: 1, y: 2 }] } });
  return { name: write.input.name };
});

describe("audit chain", () => {
  it("chains committed rows in order and verifies", async () => {
    const { ctx, project } = await testProject();
    for (let i = 0; i < 5; i += 1) await renameThing(ctx, { name: `n${i}` });
    expect(await verifyAudit(database(), project.id)).toMatchObject({ sealed: 0, unsealed: 5, brokenAt: null });
    await sealAudit(database());
    expect(await verifyAudit(database(), project.id)).toMatchObject({ sealed: 5, unsealed: 0, brokenAt: null });
    await renameThing(ctx, { name: "later" });
    await sealAudit(database());
    expect(await verifyAudit(database(), project.id)).toMatchObject({ sealed: 6, brokenAt: null });
  });

  it("refuses to change or delete a row, and finds one changed behind its back", async () => {
    const { ctx, project } = await testProject();
    for (let i = 0; i < 3; i += 1) await renameThing(ctx, { name: `n${i}` });
    await sealAudit(database());
    const [row] = await database().select().from(auditLog).where(eq(auditLog.projectId, project.id)).orderBy(auditLog.seq).limit(1);
    await expect(database().execute(sql`update audit_log set action = 'x' where id = ${row?.id}`)).rejects.toThrow();
    await expect(database().execute(sql`delete from audit_log where id = ${row?.id}`)).rejects.toThrow();
    await database().transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update audit_log set action = 'x' where id = ${row?.id}`);
    });
    expect((await verifyAudit(database(), project.id)).brokenAt).toBe(1);
  });

  it("writes no row when the body fails, and none for a viewer", async () => {
    const { as, project } = await testProject();
    await expect(renameThing(await as("viewer"), { name: "x" })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(renameThing(await as("member"), { name: "" })).rejects.toMatchObject({ code: "Invalid", detail: { field: "name" } });
    expect(await verifyAudit(database(), project.id)).toMatchObject({ sealed: 0, unsealed: 0 });
  });
});

describe("Idempotency-Key", () => {
  it("gives the first answer again, once in the audit, and refuses another request under the same key", async () => {
    const { ctx, project } = await testProject();
    const keyed = { ...ctx, idempotencyKey: "k1" };
    const answers = await Promise.all([1, 2, 3].map(() => renameThing(keyed, { name: "once" })));
    expect(answers).toEqual([{ name: "once" }, { name: "once" }, { name: "once" }]);
    expect(await verifyAudit(database(), project.id)).toMatchObject({ unsealed: 1 });
    await expect(renameThing(keyed, { name: "other" })).rejects.toMatchObject({ code: "Conflict" });
  });
});
