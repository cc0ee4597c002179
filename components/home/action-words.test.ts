import { expect, it } from "vitest";
import { actionWords } from "./action-words";

it("reads an action as words", () => {
  expect(actionWords("models.requestPromotion")).toBe("request promotion");
  expect(actionWords("applySuite")).toBe("apply suite");
});
