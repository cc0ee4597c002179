import { expect, it } from "vitest";
import { type RestingReplay, restingReplay, restingWords } from "./replay-of-job";

const replay = (state: RestingReplay["state"], jobId: string | null): RestingReplay => ({ name: "flights", model: "flight-delay", state, jobId });

it("tells that a job waits only when its own replay is over", () => {
  const over = replay("finished", "a");
  expect(restingReplay([replay("running", "b"), over], "a")).toBe(over);
  expect(restingReplay([over, replay("running", "b"), replay("paused", "c")], "b")).toBeNull();
  expect(restingReplay([replay("finished", null)], "a")).toBeNull();
  expect(restingWords(over)).toBe("Its replay is finished: it waits to be started again");
  expect(restingWords(replay("stopped", "a"))).toBe("Its replay is stopped: it waits to be started again");
});
