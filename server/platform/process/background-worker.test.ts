import { expect, it, vi } from "vitest";
import { z } from "zod";
import { database } from "../db";
import { logger } from "../log";
import { defineTask, enqueue, NotTaken } from "../outbox";
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

it("tells of what somebody else did not take in one line without a stack, of any other failure as an error", async () => {
  const warned = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const failed = vi.spyOn(logger, "error").mockImplementation(() => {});
  const task = defineTask("test-not-taken", z.object({ isOurs: z.boolean() }), async ({ isOurs }) => {
    throw isOurs ? new Error("our fault") : new NotTaken("the receiver answered 500");
  });
  const worker = await startBackgroundWorker([task], [], 1);
  await enqueue(database(), task, { isOurs: false }, { maxAttempts: 1 });
  await vi.waitUntil(() => warned.mock.calls.some(([, message]) => message === "the receiver answered 500"));
  expect(failed).not.toHaveBeenCalled();
  expect(warned.mock.calls.map(([facts]) => facts)).not.toContainEqual(expect.objectContaining({ err: expect.anything() }));
  await enqueue(database(), task, { isOurs: true }, { maxAttempts: 1 });
  await vi.waitUntil(() => failed.mock.calls.some(([facts]) => String(Reflect.get(Object(facts), "err")).includes("our fault")));
  await worker.stop();
  warned.mockRestore();
  failed.mockRestore();
}, 10_000);
