/** What this host is, for the server's placement. */
import { statfs } from "node:fs/promises";
import { arch, availableParallelism, cpus, hostname, platform, totalmem } from "node:os";
import type { HostReport } from "@/server/domains/compute/contract/agent";
import type { AgentEnv } from "../env";
import { usablePythons } from "../python/find-pythons";
import { memoryLimitKind } from "../runner/memory-group";
import { readGpus } from "./gpus";

export const AGENT_VERSION = "0.1.0";

export async function readDisk(folder: string): Promise<{ diskFreeBytes: number; diskTotalBytes: number }> {
  const disk = await statfs(folder);
  return { diskFreeBytes: disk.bavail * disk.bsize, diskTotalBytes: disk.blocks * disk.bsize };
}

export async function reportHost(env: AgentEnv): Promise<HostReport> {
  const gpus = await readGpus();
  const memoryBytes = env.SLIPWAY_AGENT_MEMORY_MB === undefined ? totalmem() : env.SLIPWAY_AGENT_MEMORY_MB * 1024 ** 2;
  return {
    hostname: hostname().slice(0, 255) || "localhost",
    platform: `${platform()}-${arch()}`,
    agentVersion: AGENT_VERSION,
    cpus: env.SLIPWAY_AGENT_CPUS ?? availableParallelism(),
    cpuModel: (cpus()[0]?.model ?? "").trim().slice(0, 200),
    memoryBytes: Math.min(memoryBytes, totalmem()),
    ...(await readDisk(env.SLIPWAY_AGENT_STATE)),
    gpus: gpus.map(({ driver: _driver, use: _use, ...gpu }) => gpu),
    gpuDriver: gpus[0]?.driver ?? null,
    pythons: (await usablePythons(env.SLIPWAY_AGENT_PYTHON)).map(({ path, version }) => ({ path, version })),
    memoryLimit: memoryLimitKind(),
    labels: env.SLIPWAY_AGENT_LABELS,
  };
}
