import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { makeQueryClient } from "./query-client";

it("asks once on the server: a page that is not found is not waited for", async () => {
  let asked = 0;
  const refused = makeQueryClient().fetchQuery({ queryKey: ["x"], queryFn: () => {
    asked += 1;
    throw new TRPCError({ code: "NOT_FOUND" });
  } });
  await expect(refused).rejects.toThrow("NOT_FOUND");
  expect(asked).toBe(1);
});
