/** How much of the host is in use, since the time before. */
import { readFileSync } from "node:fs";
import type { HostUse } from "@/server/domains/compute/contract/agent";
import { readGpus } from "./gpus";
import { readDisk } from "./report";

type CpuTicks = { busy: number; total: number; cores: number };

/** The first line of /proc/stat: user nice system idle iowait irq softirq steal. */
export function parseCpuTicks(text: string): CpuTicks {
  const lines = text.split("\n");
  const ticks = (lines[0] ?? "").trim().split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, one) => sum + one, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { busy: total - idle, total, cores: lines.filter((line) => /^cpu\d/.test(line)).length };
}

function memoryInUse(): number {
  const info = readFileSync("/proc/meminfo", "utf8");
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(info)?.[1] ?? 0);
  return Math.max(0, kib("MemTotal") - kib("MemAvailable")) * 1024;
}

export class HostUseMeter {
  #last: CpuTicks | null = null;

  constructor(readonly folder: string) {}

  /** Null where the host does not tell. */
  async read(): Promise<HostUse | null> {
    try {
      const now = parseCpuTicks(readFileSync("/proc/stat", "utf8"));
      const last = this.#last ?? { busy: 0, total: 0, cores: now.cores };
      this.#last = now;
      const share = now.total > last.total ? (now.busy - last.busy) / (now.total - last.total) : 0;
      const gpus = (await readGpus()).map((gpu) => gpu.use);
      const { diskFreeBytes } = await readDisk(this.folder);
      return { cpus: Math.max(0, share * now.cores), memoryBytes: memoryInUse(), diskFreeBytes, gpus };
    } catch {
      return null;
    }
  }
}
