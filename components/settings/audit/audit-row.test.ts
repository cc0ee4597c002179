import { expect, it } from "vitest";
import { detailWords } from "./audit-row";

it("says what came with an entry in words", () => {
  expect(detailWords({ role: "member", expiresInDays: 90, email: null, monitors: [] })).toBe("role member · expires in days 90");
  expect(detailWords({ monitors: ["a", "b"], config: { url: "https://x", deep: {} }, rows: [{}, {}] })).toBe("monitors a, b · config url https://x, deep … · rows 2 of them");
  expect([null, "text", {}].map(detailWords)).toEqual(["", "", ""]);
});
