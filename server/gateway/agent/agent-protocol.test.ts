/** The agent protocol on the real gateway and database, by hand-made requests and by the real agent as a process. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { AgentProcess, processesWith, removeTestFolder } from "@/agent/testing/agent-process";
import { tarGz } from "@/agent/testing/write-tar";
import type { JobState, SubmitJobInput } from "@/server/domains/compute/contract/job";
import { cordonAgent } from "@/server/domains/compute/service/agents";
import { expireLeases } from "@/server/domains/compute/service/attempts/expire-leases";
import { cancelJob } from "@/server/domains/compute/service/cancel-job";
import { createEnrolmentToken } from "@/server/domains/compute/service/enrol-agent";
import { getJob } from "@/server/domains/compute/service/read-jobs";
import { readLogs } from "@/server/domains/compute/service/read-logs";
import { submitJob } from "@/server/domains/compute/service/submit-job";
import { clearQueue, lapse, testAgent, testHost } from "@/server/domains/compute/testing/test-agents";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { systemInstanceContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { startListening, stopListening } from "@/server/platform/live/listen";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { blobRoutes } from "../api/blobs";
import { guard } from "../http/guard";
import { addTokenResolver } from "../http/identify";
import { problem } from "../http/problem";
import { resolveAttempt } from "./attempt-identity";
import { startLeaseKeeper } from "./lease-keeper";
import { agentRoutes } from "./routes";

vi.setConfig({ testTimeout: 150_000 });

let port = 0;
const app = new Hono<{ Bindings: HttpBindings }>();
app.onError((error, c) => problem(c, error));
app.use(
  "*",
  guard(() => port),
);
app.route("/api/v1", blobRoutes);
app.route("/agent", agentRoutes);
const server = createAdaptorServer({ fetch: app.fetch });
const scratch = mkdtempSync(join(tmpdir(), "slipway-protocol-"));

let a: TestProject;
let agents: AgentProcess[] = [];
let stopKeeper: () => Promise<void>;
const url = () => `http://127.0.0.1:${port}`;
const until = (check: () => Promise<void> | void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 30 });

beforeAll(async () => {
  addTokenResolver(resolveAttempt);
  await startListening();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  stopKeeper = startLeaseKeeper(0.5);
});

afterAll(async () => {
  await stopKeeper();
  await new Promise((resolve) => {
    server.close(resolve);
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  await stopListening();
  removeTestFolder();
  rmSync(scratch, { recursive: true, force: true });
});

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
});

afterEach(async () => {
  for (const agent of agents) agent.kill("SIGKILL");
  await Promise.all(agents.map((agent) => agent.exit));
  agents = [];
});

async function startAgent(state?: string): Promise<AgentProcess> {
  const { token } = await createEnrolmentToken(systemInstanceContext("test"), {});
  const agent = AgentProcess.start(url(), state, { SLIPWAY_AGENT_TOKEN: token, SLIPWAY_AGENT_CPUS: "8" });
  agents.push(agent);
  return agent;
}

const submit = async (spec: Partial<SubmitJobInput> & { command: string[] }) =>
  (await submitJob(a.ctx, { name: "e2e", resources: { cpus: 0.2, memoryBytes: 512 * 1024 ** 2 }, ...spec })).jobId;
const sh = (script: string) => ({ command: ["sh", "-c", script] });
const logOf = async (jobId: string) => (await readLogs(a.ctx, { jobId })).text;
const untilState = (jobId: string, state: JobState) =>
  until(async () => expect((await getJob(a.ctx, { jobId })).state).toBe(state), 100_000);

describe("requests", () => {
  const post = (path: string, token: string | null, body: unknown) =>
    fetch(`${url()}/agent${path}`, {
      method: "POST",
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: body instanceof Uint8Array ? Buffer.from(body) : typeof body === "string" ? body : JSON.stringify(body),
    });
  const somewhere = `/attempts/${randomUUID()}`;
  const routes = [
    "/register",
    "/hello",
    "/heartbeat",
    "/claim",
    `${somewhere}/started`,
    `${somewhere}/logs?offset=0`,
    `${somewhere}/usage`,
    `${somewhere}/result`,
  ];

  it.each(routes)("%s answers nobody without an identity", async (path) => {
    expect((await post(path, null, {})).status).toBe(401);
    const wrong = await post(path, `slwa_${"x".repeat(43)}`, {
      name: "n",
      protocol: 1,
      credential: "c".repeat(43),
      host: testHost,
    });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get("www-authenticate")).toContain("Bearer");
  });

  it("a project's people and tokens are no agents, and an agent is nobody elsewhere", async () => {
    const agent = await testAgent();
    expect((await post("/heartbeat", agent.credential, { attempts: [] })).status).toBe(200);
    const elsewhere = await fetch(`${url()}/api/v1/blobs/${"a".repeat(64)}`, {
      headers: { authorization: `Bearer ${agent.credential}` },
    });
    expect(elsewhere.status).toBe(401);
  });

  it.each([
    ["/heartbeat", { attempts: "all" }, 400, "attempts"],
    ["/heartbeat", { attempts: ["not-an-id"] }, 400, "attempts.0"],
    ["/hello", { protocol: 1, name: "n", host: { ...testHost, cpus: -1 }, attempts: [] }, 400, "host.cpus"],
    ["/claim", { claimId: randomUUID(), max: 1_000 }, 400, "max"],
    ["/claim", { claimId: randomUUID(), max: 1, waitSeconds: 3_600 }, 400, "waitSeconds"],
    ["/attempts/nonsense/started", {}, 400, "attemptId"],
    [`${somewhere}/logs?offset=-1`, {}, 400, "offset"],
    [`${somewhere}/result`, { cause: "completed" }, 400, "exitCode"],
    [`${somewhere}/usage`, { second: 0, cpus: "many", memoryBytes: 0 }, 400, "cpus"],
    ["/heartbeat", "{", 400, undefined],
    ["/heartbeat", new Uint8Array([0xff, 0xfe]), 400, undefined],
    ["/heartbeat", `${"[".repeat(5_000)}${"]".repeat(5_000)}`, 400, undefined],
    [`${somewhere}/logs?offset=0`, new Uint8Array(1024 ** 2 + 1), 413, undefined],
    ["/heartbeat", " ".repeat(1024 ** 2 + 1), 413, undefined],
    [`${somewhere}/started`, {}, 404, undefined],
    ["/nowhere", {}, 404, undefined],
  ])("%s with bad input is a clear refusal (%#)", async (path, body, status, field) => {
    const { credential } = await testAgent();
    const response = await post(path, credential, body);
    expect(response.status).toBe(status);
    if (field) expect(await response.json()).toMatchObject({ field });
  });

  it("stale writes get 409", async () => {
    const agent = await testAgent();
    await submit({ command: ["true"] });
    const [claim] = await agent.claim();
    await lapse(claim?.attemptId ?? "");
    await until(() => expireLeases().then(() => undefined));
    await until(async () => expect(await (await testAgent()).claim()).toHaveLength(1));
    for (const [what, body] of [
      ["started", {}],
      ["logs?offset=0", "late"],
    ] as const) {
      expect((await post(`/attempts/${claim?.attemptId}/${what}`, agent.credential, body)).status).toBe(409);
    }
  });

  it("a claim that waits is woken by a submission", async () => {
    const agent = await testAgent();
    const polling = post("/claim", agent.credential, { claimId: randomUUID(), max: 1, waitSeconds: 20 });
    await until(async () => {
      const { rows } = await database().execute<{ n: number }>(
        sql`select count(*)::int as n from compute_agents where id = ${agent.id}`,
      );
      expect(rows[0]?.n).toBe(1);
    });
    const sent = performance.now();
    const jobId = await submit({ command: ["true"] });
    expect(await (await polling).json()).toMatchObject({ claims: [{ jobId, attempt: 1 }] });
    expect(performance.now() - sent).toBeLessThan(1_500);
  });
});

describe("the real agent", () => {
  it("runs a job with code, inputs and its own token, and the page sees log, usage and end", async () => {
    await startAgent();
    const code = tarGz([{ path: "job/main.py", body: MAIN_PY }]);
    const { sha256: codeHash } = await storeBlob(a.ctx, Readable.from([code]), {});
    const { sha256: inputHash } = await storeBlob(a.ctx, Readable.from([Buffer.from("forty-two")]), {});
    const jobId = await submit({
      command: ["python3", "job/main.py"],
      code: codeHash,
      inputs: [{ path: "data/answer.txt", sha256: inputHash }],
    });
    await untilState(jobId, "succeeded");
    expect(await logOf(jobId)).toBe(`read forty-two\nfetched ${code.length} bytes\nrefused 404\n`);
    const job = await getJob(a.ctx, { jobId });
    expect(job).toMatchObject({ cause: "completed", exitCode: 0, attempt: 1 });
    expect(job.attempts[0]?.maxMemoryBytes).toBeGreaterThan(0);
  });

  it("starts a job soon after it was submitted", async () => {
    await startAgent();
    await untilState(await submit({ command: ["true"] }), "succeeded");
    const jobId = await submit(sh("date +%s.%N"));
    await untilState(jobId, "succeeded");
    const { submittedAt } = await getJob(a.ctx, { jobId });
    expect(Number(await logOf(jobId)) * 1_000 - submittedAt.getTime()).toBeLessThan(2_000);
  });

  it("hears of a cancellation at once", async () => {
    await startAgent();
    const jobId = await submit(sh("trap 'echo saving; exit 0' TERM; echo on; while :; do sleep 0.05; done"));
    await until(async () => expect(await logOf(jobId)).toBe("on\n"));
    const sent = performance.now();
    await cancelJob(a.ctx, { jobId });
    await untilState(jobId, "cancelled");
    expect(performance.now() - sent).toBeLessThan(3_000);
    expect(await logOf(jobId)).toContain("saving\n");
  });

  it("stopped in order gives its job back, and the next one runs it", async () => {
    const first = await startAgent();
    const jobId = await submit(sh("echo on; sleep 1; echo done"));
    await until(async () => expect(await logOf(jobId)).toBe("on\n"));
    first.kill("SIGTERM");
    expect(await first.exit).toBe(0);
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "queued", cause: "agent_stopped" });
    await startAgent(first.state);
    await untilState(jobId, "succeeded");
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ attempt: 2 });
  });

  it("frozen past its lease with all it runs: the job runs elsewhere, and what wakes up is stale", async () => {
    const frozen = await startAgent();
    const jobId = await submit({
      ...sh("echo on; while [ $SLIPWAY_ATTEMPT = 1 ]; do sleep 0.05; done; echo done"),
      name: "frozen",
    });
    await until(async () => expect(await logOf(jobId)).toBe("on\n"));
    const { id: attemptId = "", agentId = "" } = (await getJob(a.ctx, { jobId })).attempts[0] ?? {};
    const owner = JSON.parse(readFileSync(join(frozen.state, "attempts", attemptId, "owner.json"), "utf8")) as {
      process: { pid: number };
    };
    for (const pid of [frozen.child.pid ?? 0, owner.process.pid]) process.kill(pid, "SIGSTOP");
    // Its long poll is still open here: when a lease lapses by itself, it is over by then.
    await cordonAgent(systemInstanceContext("test"), { agentId });
    await startAgent();
    await lapse(attemptId);
    await untilState(jobId, "succeeded");
    expect(processesWith(`SLIPWAY_ATTEMPT_ID=${attemptId}`).length).toBeGreaterThan(0);
    for (const pid of [owner.process.pid, frozen.child.pid ?? 0]) process.kill(pid, "SIGCONT");
    await until(() => expect(processesWith(`SLIPWAY_ATTEMPT_ID=${attemptId}`)).toEqual([]));
    await until(() => expect(frozen.held()).toEqual([]));
    expect(await getJob(a.ctx, { jobId })).toMatchObject({ state: "succeeded", attempt: 2 });
    expect((await readLogs(a.ctx, { jobId, attempt: 1 })).text).toBe("on\n");
  });

  it("killed ten times at random: every job runs once at a time, ends, and keeps its log whole", async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        submit(
          sh(
            `exec 9>${scratch}/${i}; flock -n 9 || echo TWICE AT ONCE; for n in 1 2 3 4 5 6 7 8; do echo ${i}:$n; sleep 0.3; done`,
          ),
        ),
      ),
    );
    let agent = await startAgent();
    for (let kill = 0; kill < 10; kill += 1) {
      // A random point, not a wait for something: what is tested is that no point matters.
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 500));
      agent.kill("SIGKILL");
      await agent.exit;
      agent = await startAgent(agent.state);
    }
    for (const jobId of ids) await untilState(jobId, "succeeded");
    for (const [i, jobId] of ids.entries()) {
      expect(await logOf(jobId)).toBe([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${i}:${n}\n`).join(""));
    }
  });
});

const MAIN_PY = `import os, urllib.error, urllib.request
print("read", open("data/answer.txt").read())
def get(sha):
    request = urllib.request.Request(os.environ["SLIPWAY_URL"] + "/api/v1/blobs/" + sha, headers={"Authorization": "Bearer " + os.environ["SLIPWAY_TOKEN"]})
    return urllib.request.urlopen(request).read()
import json, pathlib
attempt = pathlib.Path.cwd().parent.parent / "attempt.json"
sha = json.loads(attempt.read_text())["spec"]["code"]
print("fetched", len(get(sha)), "bytes")
try:
    get("a" * 64)
except urllib.error.HTTPError as error:
    print("refused", error.code)
`;
