import { expect, it } from "vitest";
import { detailWords } from "./audit-row";

it("says what came with an entry in words", () => {
  expect(detailWords({ role: "member", expiresInDays: 90, email: null, monitors: [] })).toBe("role: member · expires in 90 days");
  expect(detailWords({ monitors: ["a", "b"], config: { url: "https://x", deep: {} }, rows: [{}, {}] })).toBe("monitors: a, b · config: url https://x, deep … · rows: 2 of them");
  expect(detailWords({ version: 3, kind: "first_owner", from: "member", to: "owner", expiresInDays: 1 })).toBe("v3 · kind: first owner · from: member · to: owner · expires in 1 day");
  expect([null, "text", {}].map(detailWords)).toEqual(["", "", ""]);
});
