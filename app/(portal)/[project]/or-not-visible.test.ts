import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { orNotVisible } from "./or-not-visible";

const code = (error: unknown) => {
  try {
    return orNotVisible(error);
  } catch (thrown) {
    return thrown;
  }
};

it.each(["NOT_FOUND", "FORBIDDEN"] as const)("a project that answers %s is a page that is not there", (refusal) => {
  expect(code(new TRPCError({ code: refusal }))).toMatchObject({ digest: "NEXT_HTTP_ERROR_FALLBACK;404" });
});

it.each([new TRPCError({ code: "INTERNAL_SERVER_ERROR" }), new Error("connection refused")])("%s stays the failure that it is", (error) => {
  expect(code(error)).toBe(error);
});
