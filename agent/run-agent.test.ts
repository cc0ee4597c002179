/** The whole agent as processes, against a server that speaks the protocol from memory. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  logOf,
  newMark,
  provideAgents,
  resultOf,
  run,
  server,
  sh,
  startAgent,
  until,
} from "./testing/against-a-server";
import { readStat } from "./host/processes";
import { bundleAgent, newStateFolder, processesWith } from "./testing/agent-process";

provideAgents();

describe("how a job ends", () => {
  it("each end has its own cause, and the log is kept", async () => {
    startAgent();
    expect((await run(sh("echo out; echo err >&2; echo out again"))).result).toMatchObject({
      cause: "completed",
      exitCode: 0,
      ran: true,
    });
    expect(await run(sh("echo before; exit 3"))).toMatchObject({
      result: { cause: "exit_code", exitCode: 3 },
      log: "before\n",
    });
    expect(await run({ command: ["no-such-program", "x"] })).toMatchObject({
      result: { cause: "command_not_found", ran: false },
    });
    expect((await run({ command: ["./missing.sh"] })).result.cause).toBe("command_not_found");
    expect((await run(sh("kill -USR1 $$"))).result).toMatchObject({ cause: "signal", signal: "SIGUSR1" });
    const failing = await run({ command: ["python3", "-c", "print('hi')\nimport not_a_module"] });
    expect(failing.result).toMatchObject({ cause: "exit_code", exitCode: 1 });
    expect(failing.result.message).toContain("ModuleNotFoundError: No module named 'not_a_module'");
    expect(failing.log).toContain("Traceback");
  });

  it("outputs keep their order, ANSI and all bytes", async () => {
    startAgent();
    const { log, attemptId } = await run(
      sh("for i in 1 2 3; do printf '\\033[31mout%s\\033[0m\\n' $i; echo err$i >&2; done; printf '\\000\\377'"),
    );
    expect(log.startsWith("\u001b[31mout1\u001b[0m\nerr1\n\u001b[31mout2\u001b[0m\nerr2\n")).toBe(true);
    expect([...server.seen(attemptId).log.subarray(-2)]).toEqual([0, 255]);
  });

  it("killed for memory says so, though the shell around it lived on", async () => {
    startAgent();
    const hog = "import time\nblocks = []\nwhile True:\n  blocks.append(b'x' * 8_000_000); time.sleep(0.01)";
    const resources = { memoryBytes: 150 * 1024 ** 2 };
    expect((await run({ command: ["python3", "-c", hog], resources })).result.cause).toBe("out_of_memory");
    expect((await run({ command: ["sh", "-c", `python3 -c "${hog}"; exit 1`], resources })).result.cause).toBe(
      "out_of_memory",
    );
  });

  it("a job that never ends meets its time limit, also when it ignores SIGTERM", async () => {
    startAgent();
    const { result, log } = await run(
      sh("trap 'echo not me' TERM; echo on; while :; do sleep 0.1; done", { timeLimitSeconds: 1 }),
    );
    expect(result).toMatchObject({ cause: "time_limit" });
    expect(log).toContain("on\n");
  });

  it("a time limit longer than a timer can count is not over at once", async () => {
    startAgent();
    expect((await run(sh("sleep 0.3; echo whole", { timeLimitSeconds: 30 * 86_400 }))).result.cause).toBe("completed");
  });

  it("what it did by itself stands, though it was told to stop while what it left running was ended", async () => {
    startAgent();
    const [mark, env] = newMark();
    const attemptId = server.submit(sh(`setsid sh -c 'trap "" TERM; sleep 30' & echo done`, { env }));
    await until(() => {
      expect(logOf(attemptId)).toBe("done\n");
      // The command has ended; what ignores SIGTERM has a moment still.
      expect(processesWith(mark).filter((pid) => readStat(pid)?.session === pid)).toHaveLength(1);
    });
    server.tell(attemptId, "cancelled");
    expect(await resultOf(attemptId)).toMatchObject({ cause: "completed", exitCode: 0 });
  });

  it("is told in text that any server takes, whatever the job said", async () => {
    startAgent();
    const said = `${"x".repeat(483)}\u{1f600}`;
    const { result } = await run({ command: ["python3", "-c", `raise ValueError("a\\0b ${said} and more")`] });
    expect(result).toMatchObject({ cause: "exit_code", exitCode: 1 });
    expect(result.message).toContain("ValueError: ab x");
    expect(result.message).toBe(result.message.toWellFormed());
  });

  // As root it may; as anybody else it is what this is about.
  it("leaves no folder behind, though nobody may write to what it made", async () => {
    const agent = startAgent();
    await run(sh("mkdir -p deep/er; echo x > deep/er/file; chmod 500 deep/er deep"));
    await until(() => expect(agent.held()).toEqual([]));
  });

  it("takes whatever it left running with it", async () => {
    startAgent();
    const [mark] = newMark();
    const script = `env ${mark} setsid sh -c 'trap "" TERM HUP; while :; do sleep 0.2; done' & sleep 0.3; echo started`;
    const { result } = await run(sh(script));
    expect(result.cause).toBe("completed");
    expect(processesWith(mark)).toEqual([]);
  });
});

describe("a job's surroundings", () => {
  it("are its own folder, a small environment and the attempt's token; no GPU, no input from the agent", async () => {
    startAgent(undefined, { SECRET_OF_THE_HOST: "do not tell" });
    const inputs = [{ path: "data/in.txt", sha256: server.addBlob(Buffer.from("input!")) }];
    const { log } = await run(
      sh("env; pwd; cat data/in.txt; cat", { inputs, env: { MINE: "yes", PYTHONUNBUFFERED: "0" } }),
    );
    for (const line of [
      `SLIPWAY_URL=${server.url}`,
      "SLIPWAY_TOKEN=slw_test_token",
      `MLFLOW_TRACKING_URI=${server.url}`,
      "MLFLOW_TRACKING_TOKEN=slw_test_token",
      "SLIPWAY_ATTEMPT=1",
      "CUDA_VISIBLE_DEVICES=",
      "MINE=yes",
      "PYTHONUNBUFFERED=0",
    ]) {
      expect(log.split("\n")).toContain(line);
    }
    expect(log).toContain("/scratch/work\ninput!");
    expect(log).not.toContain("do not tell");
    expect(log).not.toContain("SLIPWAY_AGENT");
  });

  it("hold the GPUs that it was given, by UUID", async () => {
    startAgent();
    const attemptId = server.submit(sh("echo gpu=$CUDA_VISIBLE_DEVICES"), { devices: ["GPU-a", "GPU-b"] });
    await resultOf(attemptId);
    expect(logOf(attemptId)).toBe("gpu=GPU-a,GPU-b\n");
  });

  it("lack content that is not what it is called", async () => {
    startAgent();
    const sha256 = "b".repeat(64);
    server.blobs.set(sha256, Buffer.from("something else"));
    const { result } = await run(sh("true", { inputs: [{ path: "x", sha256 }] }));
    expect(result).toMatchObject({ cause: "input_unavailable", message: `The content ${sha256} could not be fetched: The content that came is not ${sha256}.` });
  });

  it("lack content that the server does not have, by name", async () => {
    startAgent();
    const sha256 = "a".repeat(64);
    const { result, log } = await run(sh("true", { inputs: [{ path: "x", sha256 }] }));
    expect(result).toMatchObject({ cause: "input_unavailable", ran: false });
    expect(result.message).toContain(sha256);
    expect(log).toContain("[slipway]");
  });
});

describe("logs", () => {
  it("arrive while the job runs, within a blink", async () => {
    startAgent();
    const attemptId = server.submit(sh("for i in 1 2 3 4 5 6; do date +%s.%N; sleep 0.25; done; sleep 0.5"));
    const late: number[] = [];
    const seen = server.seen(attemptId);
    let lines = 0;
    await until(() => {
      const now = Date.now() / 1_000;
      const all = seen.log.toString().split("\n").filter(Boolean);
      for (const line of all.slice(lines)) late.push(now - Number(line));
      lines = all.length;
      expect(seen.results).toHaveLength(1);
    });
    expect(late).toHaveLength(6);
    expect(late.sort((a, b) => a - b)[3]).toBeLessThan(0.2);
  });

  it("of 100 MB come in order, head and tail whole, without stopping the job", async () => {
    startAgent();
    const script = "import sys\nfor i in range(100):\n  sys.stdout.write(('%03d' % i + 'x' * 1021) * 1024)";
    const attemptId = server.submit({ command: ["python3", "-c", script] });
    await resultOf(attemptId, 50_000);
    const { log, skipped } = server.seen(attemptId);
    const megabyte = 1024 ** 2;
    const lineAt = (at: number) => log.subarray(at, at + 3).toString();
    // What the disk's bound dropped is out of the middle: head and tail are whole.
    expect(log.length + skipped).toBe(100 * megabyte);
    for (const i of [0, 1, 31]) expect(lineAt(i * megabyte)).toBe(String(i).padStart(3, "0"));
    for (const i of [1, 2, 32]) expect(lineAt(log.length - i * megabyte)).toBe(String(100 - i).padStart(3, "0"));
  });

  it("nobody fetches are bounded on disk: head and tail are kept, and the gap is told", async () => {
    server.settings.logKeepBytes = 3 * 1024 ** 2;
    const agent = startAgent();
    const go = join(newStateFolder(), "go");
    const script = "import sys\nfor i in range(20):\n  sys.stdout.write(('%03d' % i + 'x' * 1021) * 1024)";
    const attemptId = server.submit(
      sh(`echo ready; while [ ! -e ${go} ]; do sleep 0.05; done; python3 -c "${script}"`),
    );
    await until(() => expect(logOf(attemptId)).toBe("ready\n"));
    server.cut();
    writeFileSync(go, "");
    const folder = join(agent.state, "attempts", attemptId);
    await until(() => expect(existsSync(join(folder, "result.json"))).toBe(true));
    server.down = false;
    await resultOf(attemptId);
    const { log, skipped } = server.seen(attemptId);
    expect(log.length + skipped).toBe(20 * 1024 ** 2 + 6);
    expect(skipped).toBeGreaterThan(12 * 1024 ** 2);
    expect(log.subarray(0, 10).toString()).toBe("ready\n000x");
    expect(log.subarray(-1024).toString().slice(0, 3)).toBe("019");
  });
});

describe("cancelling", () => {
  it("asks first, then insists, and nothing is left", async () => {
    startAgent();
    const [mark, env] = newMark();
    const polite = server.submit(sh("trap 'echo bye; exit 0' TERM; echo on; while :; do sleep 0.05; done"));
    const stubborn = server.submit(
      sh("trap '' TERM; (while :; do sleep 0.1; done) & echo on; while :; do sleep 0.1; done", { env }),
    );
    await until(() => expect(logOf(polite) + logOf(stubborn)).toBe("on\non\n"));
    for (const id of [polite, stubborn]) server.tell(id, "cancelled");
    expect(await resultOf(polite)).toMatchObject({ cause: "cancelled" });
    expect(await resultOf(stubborn)).toMatchObject({ cause: "cancelled", signal: "SIGKILL" });
    expect(logOf(polite)).toMatch(/^on\n(Terminated\n)?bye\n$/);
    expect(processesWith(mark)).toEqual([]);
  });

  it("a stale attempt is ended and its reports are dropped", async () => {
    const agent = startAgent();
    const [mark, env] = newMark();
    const attemptId = server.submit(sh("echo on; while :; do sleep 0.1; done", { env }));
    await until(() => expect(logOf(attemptId)).toBe("on\n"));
    server.tell(attemptId, "stale");
    await until(() => expect(agent.held()).toEqual([]));
    expect(processesWith(mark)).toEqual([]);
    expect(server.seen(attemptId).results).toEqual([]);
  });
});

it("samples what a job uses", async () => {
  startAgent();
  const attemptId = server.submit({ command: ["python3", "-c", "b = b'x' * 50_000_000\nwhile True: pass"] });
  // On a busy machine the first samples may come before Python has started.
  await until(() => {
    const usage = server.seen(attemptId).usage.at(-1);
    expect(usage?.memoryBytes).toBeGreaterThan(50_000_000);
    expect(usage?.cpus).toBeGreaterThan(0.2);
  }, 25_000);
  server.tell(attemptId, "cancelled");
  expect(await resultOf(attemptId)).toMatchObject({ cause: "cancelled" });
});

it("says how it is used, and what is wrong with its settings", async () => {
  expect(bundleAgent()).toContain("agent.mjs");
  const lost = startAgent(undefined, { SLIPWAY_URL: "not a url" });
  expect(await lost.exit).toBe(1);
  expect(lost.output).toContain("SLIPWAY_URL");
  const nothing = startAgent(undefined, {}, []);
  expect(await nothing.exit).toBe(2);
  expect(nothing.output).toContain("prepare-environment");
});
