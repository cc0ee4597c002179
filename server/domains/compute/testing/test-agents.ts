/** Agents for tests: contexts that claim and report as a real one would. The queue is the instance's: clear it first. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { type InstanceContext, systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { HostReport } from "../contract/agent";
import type { Claim } from "../contract/protocol";
import { claimJobs } from "../service/attempts/claim-jobs";
import { createEnrolmentToken, registerAgent, resolveAgent } from "../service/enrol-agent";

export const testHost: HostReport = {
  hostname: "test-host",
  platform: "linux-x64",
  agentVersion: "0.0.0",
  cpus: 4,
  cpuModel: "Test CPU",
  memoryBytes: 16 * 1024 ** 3,
  diskFreeBytes: 1e12,
  diskTotalBytes: 2e12,
  gpus: [],
  gpuDriver: null,
  pythons: [{ path: "/usr/bin/python3", version: "3.11.2" }],
  memoryLimit: "watch",
  labels: {},
};

export type TestAgent = { ctx: InstanceContext; id: string; credential: string; claim(max?: number): Promise<Claim[]> };

export async function testAgent(host: Partial<HostReport> = {}): Promise<TestAgent> {
  const { token } = await createEnrolmentToken(systemInstanceContext("test"), {});
  const credential = `test_${randomBytes(30).toString("hex")}`;
  const request = { name: `agent-${newId().slice(-6)}`, protocol: 1, credential, host: { ...testHost, ...host } };
  const { agentId } = await registerAgent(systemInstanceContext("enrolment"), { ...request, enrolmentToken: token });
  const ctx = await resolveAgent(database(), credential, newId());
  if (!ctx) throw new Error("the test's agent is not known");
  const claim = async (max = 10) => (await claimJobs(ctx, { claimId: newId(), max })).claims;
  return { ctx, id: agentId, credential, claim };
}

/** Ends what other tests left in the queue of this database, and takes their agents away. */
export async function clearQueue(): Promise<void> {
  await database().execute(
    sql`update compute_jobs set state = 'cancelled', finished_at = now() where finished_at is null`,
  );
  await database().execute(
    sql`update compute_attempts set state = 'cancelled', finished_at = now() where finished_at is null`,
  );
  await database().execute(sql`update compute_agents set removed_at = now() where removed_at is null`);
}

/** Puts an attempt's lease into the past, as a silent agent would. */
export async function lapse(attemptId: string): Promise<void> {
  await database().execute(
    sql`update compute_attempts set lease_until = now() - interval '1 second' where id = ${attemptId}`,
  );
}
