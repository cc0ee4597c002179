/** The agent dies, is stopped, or loses its server: what becomes of its jobs. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { logOf, newMark, provideAgents, resultOf, server, sh, startAgent, until } from "./testing/against-a-server";
import { newStateFolder, processesWith } from "./testing/agent-process";

provideAgents();

describe("when the agent dies", () => {
  it("kill -9: the job goes on, and the next agent adopts it with its log whole", async () => {
    const first = startAgent();
    const go = join(newStateFolder(), "go");
    const attemptId = server.submit(sh(`echo one; while [ ! -e ${go} ]; do sleep 0.05; done; echo two; exit 7`));
    await until(() => expect(logOf(attemptId)).toBe("one\n"));
    first.kill("SIGKILL");
    await first.exit;
    startAgent(first.state);
    await until(() => expect(server.hellos.at(-1)?.attempts).toEqual([attemptId]));
    writeFileSync(go, "");
    expect(await resultOf(attemptId)).toMatchObject({ cause: "exit_code", exitCode: 7 });
    expect(logOf(attemptId)).toBe("one\ntwo\n");
  });

  it("a job that ends while no agent is there is delivered by the next", async () => {
    const first = startAgent();
    const go = join(newStateFolder(), "go");
    const attemptId = server.submit(sh(`echo one; while [ ! -e ${go} ]; do sleep 0.05; done; echo two`));
    await until(() => expect(logOf(attemptId)).toBe("one\n"));
    first.kill("SIGKILL");
    await first.exit;
    writeFileSync(go, "");
    await until(() => expect(existsSync(join(first.state, "attempts", attemptId, "result.json"))).toBe(true));
    expect(server.seen(attemptId).results).toEqual([]);
    startAgent(first.state);
    expect(await resultOf(attemptId)).toMatchObject({ cause: "completed" });
    expect(logOf(attemptId)).toBe("one\ntwo\n");
  });

  it("without a next one, the runner ends the job when its lease is out", async () => {
    server.settings.leaseSeconds = 3;
    const agent = startAgent();
    const [mark, env] = newMark();
    const attemptId = server.submit(sh("echo on; while :; do sleep 0.1; done", { env }));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    agent.kill("SIGKILL");
    await agent.exit;
    expect(processesWith(mark).length).toBeGreaterThan(0);
    await until(() => expect(processesWith(mark)).toEqual([]));
    startAgent(agent.state);
    expect(await resultOf(attemptId)).toMatchObject({ cause: "agent_lost" });
  });

  it("its supervisor gone: it leaves at once, the job stays", async () => {
    const agent = startAgent();
    const attemptId = server.submit(sh("echo on; sleep 1; echo off"));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    agent.child.disconnect();
    expect(await agent.exit).toBe(0);
    startAgent(agent.state);
    expect(await resultOf(attemptId)).toMatchObject({ cause: "completed" });
    expect(logOf(attemptId)).toBe("on\noff\n");
  });

  it("and its runner too: the next agent ends what is left and says so", async () => {
    const agent = startAgent();
    const [mark, env] = newMark();
    const attemptId = server.submit(sh("trap '' PIPE HUP; echo on; while :; do sleep 0.1; done", { env }));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    agent.kill("SIGKILL");
    await agent.exit;
    const owner = JSON.parse(readFileSync(join(agent.state, "attempts", attemptId, "owner.json"), "utf8")) as {
      process: { pid: number };
    };
    process.kill(owner.process.pid, "SIGKILL");
    expect(processesWith(mark).length).toBeGreaterThan(0);
    startAgent(agent.state);
    expect(await resultOf(attemptId)).toMatchObject({ cause: "runner_failed" });
    expect(processesWith(mark)).toEqual([]);
  });

  it("refused by a server that knows nobody, it ends for good, and is known again once that one is itself again", async () => {
    const first = startAgent();
    await until(() => expect(server.hellos).toHaveLength(1));
    const identity = () => readFileSync(join(first.state, "identity.json"), "utf8");
    const before = identity();
    server.knowsNobody = true;
    expect(await first.exit).toBe(77);
    expect(await startAgent(first.state).exit).toBe(77);
    expect(identity()).toBe(before);
    server.knowsNobody = false;
    startAgent(first.state);
    await until(() => expect(server.hellos).toHaveLength(2));
    expect(identity()).toBe(before);
  });

  it("two do not share a folder", async () => {
    const first = startAgent();
    await until(() => expect(server.hellos).toHaveLength(1));
    const second = startAgent(first.state);
    expect(await second.exit).toBe(1);
    expect(second.output).toContain("Another agent");
  });
});

describe("when the agent is stopped", () => {
  it("gives its jobs back: SIGTERM to them, the result delivered, exit 0", async () => {
    const agent = startAgent();
    const attemptId = server.submit(sh("trap 'echo saving; exit 0' TERM; echo on; while :; do sleep 0.05; done"));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    agent.kill("SIGTERM");
    expect(await agent.exit).toBe(0);
    expect(server.seen(attemptId).results).toMatchObject([{ cause: "agent_stopped" }]);
    expect(logOf(attemptId)).toMatch(/^on\n(Terminated\n)?saving\n$/);
    expect(agent.held()).toEqual([]);
  });

  it("or lets them finish, and claims nothing more", async () => {
    const agent = startAgent(undefined, { SLIPWAY_AGENT_DRAIN: "finish" });
    const go = join(newStateFolder(), "go");
    const attemptId = server.submit(sh(`echo on; while [ ! -e ${go} ]; do sleep 0.05; done`));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    agent.kill("SIGTERM");
    await until(() => expect(agent.child.killed).toBe(true));
    writeFileSync(go, "");
    expect(await agent.exit).toBe(0);
    expect(server.seen(attemptId).results).toMatchObject([{ cause: "completed" }]);
  });
});

describe("when the server is away", () => {
  it("results and logs wait on disk and are delivered once it is back", async () => {
    startAgent();
    const go = join(newStateFolder(), "go");
    const attemptId = server.submit(sh(`echo one; while [ ! -e ${go} ]; do sleep 0.05; done; echo two`));
    await until(() => expect(logOf(attemptId)).toBe("one\n"));
    server.cut();
    writeFileSync(go, "");
    await until(() => expect(processesWith(`SLIPWAY_ATTEMPT_ID=${attemptId}`)).toEqual([]));
    server.down = false;
    expect(await resultOf(attemptId)).toMatchObject({ cause: "completed" });
    expect(logOf(attemptId)).toBe("one\ntwo\n");
    expect(server.seen(attemptId).results).toHaveLength(1);
  });

  it("for longer than the lease, the job is ended; a job that holds goes on", async () => {
    server.settings.leaseSeconds = 3;
    startAgent();
    const lost = server.submit(sh("echo on; while :; do sleep 0.1; done"));
    const held = server.submit(sh("echo on; while :; do sleep 0.1; done", { onLostTouch: "hold" }));
    await until(() => expect(logOf(lost) + logOf(held)).toBe("on\non\n"));
    server.cut();
    await until(() => expect(processesWith(`SLIPWAY_ATTEMPT_ID=${lost}`)).toEqual([]));
    expect(processesWith(`SLIPWAY_ATTEMPT_ID=${held}`).length).toBeGreaterThan(0);
    server.down = false;
    expect(await resultOf(lost)).toMatchObject({ cause: "agent_lost" });
    expect(server.seen(held).results).toEqual([]);
    server.tell(held, "cancelled");
    expect(await resultOf(held)).toMatchObject({ cause: "cancelled" });
  });
});
