import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readAgain } from "./read-again";

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
