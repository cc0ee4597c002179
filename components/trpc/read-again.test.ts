import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { heldOf, readAgain } from "./read-again";

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient();
});
afterEach(() => client.clear());

it("a first read that began before what was said is followed by another", async () => {
  let truth = "old";
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const seen = truth;
    return new Promise<string>((resolve) => answers.push(() => resolve(seen)));
  };
  const watched = new QueryObserver(client, { queryKey: ["runs", 1], queryFn });
  const stop = watched.subscribe(() => undefined);
  truth = "new";
  const again = readAgain(client, ["runs"]);
  answers.shift()?.();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers.shift()?.();
  await again;
  expect(watched.getCurrentResult().data).toBe("new");
  // One that has been read is read once.
  const once = readAgain(client, ["runs"]);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers.shift()?.();
  await once;
  expect(answers).toHaveLength(0);
  stop();
});

it("holds rows of other reads, the newest last, and nothing of what nobody read", () => {
  client.setQueryData(["curves", { key: "loss" }, "x"], [{ id: "a", at: 1 }, { id: "b", at: 1 }], { updatedAt: 2 });
  client.setQueryData(["curves", { key: "loss" }, "y"], [{ id: "a", at: 0 }], { updatedAt: 1 });
  client.setQueryData(["curves", { key: "auc" }], [{ id: "a", at: 9 }]);
  const held = (id: string) => heldOf<{ id: string; at: number }>(client, { queryKey: ["curves", { key: "loss" }] }, (row) => row.id === id);
  expect(held("a")).toEqual([{ id: "a", at: 0 }, { id: "a", at: 1 }]);
  expect(held("c")).toBeUndefined();
});
