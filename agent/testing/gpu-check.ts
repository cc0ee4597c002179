/**
 * The agent on a host with a real GPU: `node gpu-check.mjs <agent.mjs>`, both made by `node scripts/gpu-check.mjs`. Jobs
 * in PyTorch see the device that they were given and no other, their use is sampled, and ending one frees its memory.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AttemptResult } from "@/server/domains/compute/contract/protocol";
import { hostEnvironment, processEnv } from "../env";
import { FakeServer } from "./fake-server";

const GIB = 1024 ** 3;
const [bundle = "agent.mjs"] = process.argv.slice(2);
const state = mkdtempSync(join(tmpdir(), "slipway-gpu-check-"));
const server = await FakeServer.start({ heartbeatSeconds: 0.5 });
const own = {
  SLIPWAY_URL: server.url,
  SLIPWAY_AGENT_TOKEN: "enrolment",
  SLIPWAY_AGENT_STATE: state,
  SLIPWAY_AGENT_PYTHON: "none",
};
const agent = spawn(process.execPath, [bundle, "run"], {
  env: processEnv({ ...hostEnvironment(), ...own }),
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});

const say = (line: string) => process.stdout.write(`${line}\n`);

async function until<T>(what: string, read: () => T | null | undefined | false): Promise<T> {
  const from = performance.now();
  while (performance.now() - from < 90_000) {
    const value = read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within 90 s: ${what}`);
}

const resultOf = (id: string): Promise<AttemptResult> => until(`the result of ${id}`, () => server.seen(id).results[0]);
const usedMib = (uuid: string) =>
  Number(execFileSync("nvidia-smi", ["-i", uuid, "--query-gpu=memory.used", "--format=csv,noheader,nounits"]));

/** The `-u`: what it prints arrives while it runs. */
const python = (script: string) => ["python3", "-u", "-c", script];

async function jobSeesItsDevice(uuid: string): Promise<void> {
  const script =
    "import os, torch\nprint(os.environ['CUDA_VISIBLE_DEVICES'], torch.cuda.device_count(), torch.cuda.get_device_name(0))\n" +
    "x = torch.randn(8192, 8192, device='cuda', dtype=torch.bfloat16)\nprint(float((x @ x).float().abs().mean()) > 0)";
  const id = server.submit({ command: python(script), resources: { gpus: 1 } }, { devices: [uuid] });
  const result = await resultOf(id);
  const log = server.seen(id).log.toString();
  assert.equal(result.cause, "completed", `${result.message}\n${log}`);
  assert.match(log, new RegExp(`^${uuid} 1 NVIDIA`));
  say(`a job with a GPU: ${log.trim().replaceAll("\n", " · ")}`);
}

async function jobWithoutSeesNone(): Promise<void> {
  const id = server.submit({ command: python("import torch; print(torch.cuda.device_count())") });
  await resultOf(id);
  assert.equal(server.seen(id).log.toString().trim(), "0");
  say("a job without one sees none");
}

async function sampledWhileBusyFreedWhenEnded(uuid: string): Promise<void> {
  const before = usedMib(uuid);
  const script =
    "import torch\nkeep = torch.empty(20 * 1024**3, dtype=torch.uint8, device='cuda')\nx = torch.randn(8192, 8192, device='cuda')\n" +
    "print('on', flush=True)\nwhile True: y = x @ x; torch.cuda.synchronize()";
  const id = server.submit({ command: python(script), resources: { gpus: 1 } }, { devices: [uuid] });
  const sample = await until("a sample of a busy GPU", () =>
    server
      .seen(id)
      .usage.flatMap(({ gpus }) => gpus)
      .find((gpu) => (gpu.utilization ?? 0) > 50 && (gpu.memoryUsedBytes ?? 0) > 20 * GIB),
  );
  assert.equal(sample.uuid, uuid);
  say(
    `sampled: ${sample.utilization} %, ${((sample.memoryUsedBytes ?? 0) / GIB).toFixed(1)} GiB, ${sample.powerWatts} W`,
  );
  server.tell(id, "cancelled");
  assert.equal((await resultOf(id)).cause, "cancelled");
  const after = await until("its memory is free again", () => usedMib(uuid) <= before + 100 && usedMib(uuid) + 1);
  say(`cancelled: ${before} MiB before, ${after - 1} MiB after`);
}

try {
  const doctor = spawn(process.execPath, [bundle, "doctor"], {
    env: processEnv({ ...hostEnvironment(), ...own }),
    stdio: ["ignore", "inherit", "inherit"],
  });
  await new Promise((resolve) => doctor.once("exit", resolve));
  const { host } = await until("hello", () => server.hellos[0]);
  say(`reported: ${JSON.stringify(host.gpus)}`);
  const [gpu] = host.gpus;
  assert.ok(gpu, "no GPU was reported");
  assert.ok(gpu.memoryBytes > 10 * GIB);
  await jobSeesItsDevice(gpu.uuid);
  await jobWithoutSeesNone();
  await sampledWhileBusyFreedWhenEnded(gpu.uuid);
  say("the agent holds on this GPU host");
} finally {
  const ended = new Promise((resolve) => agent.once("exit", resolve));
  agent.kill("SIGTERM");
  await ended;
  await server.stop();
  rmSync(state, { recursive: true, force: true });
}
