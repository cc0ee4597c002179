import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { heldOf } from "./held-rows";

it("holds rows of other reads, the newest last, and nothing of what nobody read", () => {
  const client = new QueryClient();
  client.setQueryData(["curves", { key: "loss" }, "x"], [{ id: "a", at: 1 }, { id: "b", at: 1 }], { updatedAt: 2 });
  client.setQueryData(["curves", { key: "loss" }, "y"], [{ id: "a", at: 0 }], { updatedAt: 1 });
  client.setQueryData(["curves", { key: "auc" }], [{ id: "a", at: 9 }]);
  const held = (id: string) => heldOf<{ id: string; at: number }>(client, { queryKey: ["curves", { key: "loss" }] }, (row) => row.id === id);
  expect(held("a")).toEqual([{ id: "a", at: 0 }, { id: "a", at: 1 }]);
  expect(held("c")).toBeUndefined();
});
