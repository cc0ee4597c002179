import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startAttempt } from "@/server/domains/compute/service/attempts/report-attempt";
import { setPrices } from "@/server/domains/compute/service/costs/prices";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { clearQueue, testAgent } from "@/server/domains/compute/testing/test-agents";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { addLinks } from "@/server/platform/links";
import { testProject } from "@/server/platform/testing/project";
import { launchRun } from "../launch/launch-run";
import { registerRecipe } from "../recipes";
import { createRun, getRun } from "../runs";

const admin = systemInstanceContext("an admin");
beforeEach(clearQueue);
afterEach(async () => {
  await clearQueue();
  await setPrices(admin, { prices: null });
});

it("a run costs what all jobs cost that filled it, and nothing is said of one from outside", async () => {
  const { ctx } = await testProject();
  const agent = await testAgent();
  const { sha256 } = await storeBlob(ctx, Readable.from(["code"]), {});
  await registerRecipe(ctx, { codeSha256: sha256, definition: { kind: "recipe", name: "train", experiment: "costs", command: ["true"], resources: { cpus: 1, memory: "1GiB" } } });
  const { runId, jobId, experimentNo } = await launchRun(ctx, { recipe: "train" });
  const again = await submitJob(ctx, { name: "resumed", command: ["true"], resources: { cpus: 1, memoryBytes: 1024 ** 3 } });
  await addLinks(database(), ctx.project.id, [{ from: { kind: "run", id: runId }, to: { kind: "job", id: again.jobId }, relation: "filled by" }]);
  await database().execute(sql`update runs set job_id = ${again.jobId} where id = ${runId}`);
  for (const { attemptId } of await agent.claim()) await startAttempt(agent.ctx, { attemptId });
  await database().execute(sql`update compute_attempts set started_at = now() - interval '2 hours', finished_at = now() - interval '1 hour' where job_id in (${jobId}, ${again.jobId})`);
  expect((await getRun(ctx, { runId })).cost).toBeNull();
  await setPrices(admin, { prices: { currency: "EUR", cpuHour: 2, gibHour: 1, gpuHour: 0 } });
  const { cost } = await getRun(ctx, { runId });
  expect(cost?.currency).toBe("EUR");
  expect(cost?.amount).toBeCloseTo(6, 9);
  expect((await getRun(ctx, { runId: (await createRun(ctx, { experimentNo })).id })).cost).toBeNull();
});
