/** A repeated write gets the first answer again, and what is shown once does not lie in the database to be read. */
import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { idempotencyKeys } from "@/drizzle/schema/identity";
import { database } from "../db";
import { createToken, listTokens } from "./service/tokens";
import { type TestProject, testProject } from "../testing/project";

let made: TestProject;

beforeEach(async () => {
  made = await testProject("owner");
});

const input = { name: "ci", scopes: ["read" as const], expiresInDays: 1 };

it("answers a repeat from the first write, once done", async () => {
  const ctx = { ...made.ctx, idempotencyKey: "once" };
  const first = await createToken(ctx, input);
  expect(await createToken(ctx, input)).toEqual(first);
  expect((await listTokens(made.ctx, {})).filter(({ name }) => name === "ci")).toHaveLength(1);
});

it("refuses the key for another request", async () => {
  const ctx = { ...made.ctx, idempotencyKey: "mixed" };
  await createToken(ctx, input);
  await expect(createToken(ctx, { ...input, name: "other" })).rejects.toMatchObject({ code: "Conflict" });
});

it("keeps no token in the clear", async () => {
  const { token } = await createToken({ ...made.ctx, idempotencyKey: "secret" }, input);
  const [row] = await database().select().from(idempotencyKeys).where(eq(idempotencyKeys.scope, made.project.id));
  expect(row?.response).toEqual(expect.any(String));
  expect(JSON.stringify(row)).not.toContain(token);
});
