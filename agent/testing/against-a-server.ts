/** What the agent's tests share: a server that speaks the protocol from memory, and the agents started against it, ended after each test. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
import type { SubmitJobInput } from "@/server/domains/compute/contract/job";
import type { AttemptResult } from "@/server/domains/compute/contract/protocol";
import { AgentProcess, removeTestFolder } from "./agent-process";
import { FakeServer } from "./fake-server";

vi.setConfig({ testTimeout: 60_000 });

export let server: FakeServer;
let agents: AgentProcess[];

export const until = (check: () => void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 20 });

export function startAgent(state?: string, settings?: Record<string, string>, args?: string[]): AgentProcess {
  const agent = AgentProcess.start(server.url, state, settings, args);
  agents.push(agent);
  return agent;
}

export async function resultOf(attemptId: string, timeout?: number): Promise<AttemptResult> {
  await until(() => expect(server.seen(attemptId).results.length).toBeGreaterThan(0), timeout);
  return server.seen(attemptId).results[0] as AttemptResult;
}

/** `NAME=value` to find processes by, and the same as a job's variables. */
export function newMark(): [string, Record<string, string>] {
  const id = randomUUID();
  return [`TEST_MARK=${id}`, { TEST_MARK: id }];
}

export const logOf = (attemptId: string) => server.seen(attemptId).log.toString();

export const sh = (script: string, change: Partial<SubmitJobInput> = {}) => ({
  ...change,
  command: ["sh", "-c", script],
});

export async function run(
  spec: Partial<SubmitJobInput> & { command: string[] },
): Promise<{ attemptId: string; result: AttemptResult; log: string }> {
  const attemptId = server.submit(spec);
  const result = await resultOf(attemptId);
  return { attemptId, result, log: logOf(attemptId) };
}

/** Call once at the top of a test file. */
export function provideAgents(): void {
  beforeEach(async () => {
    agents = [];
    server = await FakeServer.start();
  });
  afterEach(async () => {
    for (const agent of agents) agent.kill("SIGKILL");
    await Promise.all(agents.map((agent) => agent.exit));
    await server.stop();
  });
  afterAll(removeTestFolder);
}
