import { expect, it } from "vitest";
import { z } from "zod";
import { database } from "../db";
import { defineTask, enqueue } from "../outbox";
import { startBackgroundWorker } from "./background-worker";

it("tells a running task to end when it stops, and waits for it", async () => {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let isEnded = false;
  const lasting = defineTask("test-lasting", z.unknown(), async (_payload, { signal }) => {
    begin();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    isEnded = true;
  });
  const worker = await startBackgroundWorker([lasting], [], 1);
  await enqueue(database(), lasting, {});
  await begun;
  await worker.stop();
  expect(isEnded).toBe(true);
}, 10_000);
