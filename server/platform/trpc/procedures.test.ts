/** What tRPC makes of input that no column takes. */
import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { appRouter } from "@/server/root";
import { testProject } from "../testing/project";
import { createCaller } from "./procedures";

it("refuses a NUL or half a surrogate pair as a bad request, wherever it is", async () => {
  const { ctx } = await testProject("owner");
  const caller = createCaller(appRouter)({ actor: ctx.actor, requestId: ctx.requestId });
  const { slug: project } = ctx.project;
  for (const text of ["\0", "a\ud800"]) {
    const refused = { code: "BAD_REQUEST", message: expect.stringMatching(/can't be stored/) };
    await expect(caller.platform.searchObjects({ project, text })).rejects.toMatchObject(refused);
    await expect(caller.models.createModel({ project, name: "m", tags: { [text]: "v" } })).rejects.toMatchObject(refused);
    await expect(caller.identity.renameAccount({ name: text })).rejects.toBeInstanceOf(TRPCError);
  }
});
