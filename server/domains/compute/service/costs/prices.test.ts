import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditLog } from "@/drizzle/schema/platform";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { clearQueue, testAgent } from "../../testing/test-agents";
import { startAttempt } from "../attempts/report-attempt";
import { submitJob } from "../submit-job";
import { readJobCosts } from "./job-costs";
import { getPrices, setPrices } from "./prices";

const admin = systemInstanceContext("an admin");
const prices = { currency: "EUR", cpuHour: 0.04, gibHour: 0.01, gpuHour: 1, gpuModels: [{ model: "H100", perHour: 3 }] };
const gpu = (index: number, model: string) => ({ index, uuid: `GPU-${index}`, model, memoryBytes: 1, busId: "", migEnabled: false });

let own: TestProject;
beforeEach(async () => {
  await clearQueue();
  own = await testProject();
});
afterEach(async () => {
  await clearQueue();
  await setPrices(admin, { prices: null });
});

test("only an instance admin sets prices, and the audit says which", async () => {
  expect(await getPrices(own.ctx, {})).toBeNull();
  const person = { actor: own.ctx.actor, requestId: "r" };
  await expect(setPrices(person, { prices })).rejects.toMatchObject({ code: "Forbidden" });
  await setPrices(admin, { prices });
  await setPrices(admin, { prices: { ...prices, cpuHour: 0.05 } });
  expect(await getPrices(own.ctx, {})).toMatchObject({ prices: { cpuHour: 0.05 }, setBy: "an admin" });
  const rows = await database().select().from(auditLog).where(sql`action = 'compute.setPrices' and details->'prices'->>'cpuHour' = '0.05'`);
  expect(rows.length).toBeGreaterThan(0);
});

test.each([
  [{ ...prices, currency: "euro" }, "prices.currency"],
  [{ ...prices, cpuHour: -1 }, "prices.cpuHour"],
  [{ ...prices, gpuModels: [{ model: " ", perHour: 1 }] }, "prices.gpuModels.0.model"],
])("refuses %j at %s", async (given, field) => {
  await expect(setPrices(admin, { prices: given })).rejects.toMatchObject({ code: "Invalid", detail: { field } });
});

test("a job costs the time of each of its attempts on what they held, by the GPU it got", async () => {
  const agent = await testAgent({ cpus: 8, gpus: [gpu(0, "NVIDIA H100 80GB"), gpu(1, "NVIDIA H100 80GB")] });
  const resources = { cpus: 2, memoryBytes: 4 * 1024 ** 3, gpus: 1 };
  const { jobId } = await submitJob(own.ctx, { name: "a", command: ["true"], resources });
  const { jobId: waiting } = await submitJob(own.ctx, { name: "b", command: ["true"], resources: { ...resources, gpus: 64 } });
  expect(await readJobCosts(database(), own.project.id, [jobId])).toBeNull();
  await setPrices(admin, { prices });
  const [claim] = await agent.claim();
  await startAttempt(agent.ctx, { attemptId: claim?.attemptId ?? "" });
  await database().execute(sql`update compute_attempts set started_at = now() - interval '90 minutes', finished_at = now() - interval '30 minutes' where id = ${claim?.attemptId}`);
  const costs = await readJobCosts(database(), own.project.id, [jobId, waiting]);
  expect(costs?.currency).toBe("EUR");
  expect(costs?.byJob.get(jobId)).toBeCloseTo(2 * 0.04 + 4 * 0.01 + 3, 9);
  expect(costs?.byJob.has(waiting)).toBe(false);
  const other = await testProject();
  expect((await readJobCosts(database(), other.project.id, [jobId]))?.total).toBe(0);
  // One that goes on costs until now.
  await database().execute(sql`update compute_attempts set finished_at = null where id = ${claim?.attemptId}`);
  expect((await readJobCosts(database(), own.project.id, [jobId]))?.total).toBeCloseTo(1.5 * 3.12, 2);
});
