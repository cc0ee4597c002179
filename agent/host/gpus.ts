/** GPUs as `nvidia-smi` tells of them: machine-readable CSV, parsed without trusting its width or its values. */
import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { GpuReport, GpuUse } from "@/server/domains/compute/contract/agent";
import { hostEnvironment, processEnv } from "../env";

const run = promisify(execFile);
const MIB = 1024 ** 2;
/** What a busy driver takes. A driver that hangs keeps even a killed `nvidia-smi`: leases must not wait for it. */
const PATIENCE_MS = 10_000;

export const GPU_FIELDS = [
  "index",
  "uuid",
  "name",
  "pci.bus_id",
  "driver_version",
  "memory.total",
  "memory.used",
  "memory.free",
  "utilization.gpu",
  "utilization.memory",
  "temperature.gpu",
  "power.draw",
  "power.limit",
  "clocks.sm",
  "clocks.mem",
  "pstate",
  "clocks_event_reasons.active",
  "ecc.errors.uncorrected.volatile.total",
  "mig.mode.current",
  "compute_mode",
  "persistence_mode",
] as const;

export type Gpu = GpuReport & { driver: string; use: GpuUse };

/** `[N/A]`, `[Not Supported]` and the like are null. */
function numberOf(text: string | undefined): number | null {
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return null;
  return Number(text);
}

const bytesOf = (mib: number | null): number | null => (mib === null ? null : Math.round(mib * MIB));

function parseLine(line: string): Gpu | null {
  const values = line.split(",").map((value) => value.trim());
  const get = (field: (typeof GPU_FIELDS)[number]) => values[GPU_FIELDS.indexOf(field)];
  const [index, uuid, model] = [numberOf(get("index")), get("uuid"), get("name")];
  if (index === null || !uuid?.startsWith("GPU-") || !model) return null;
  const utilization = numberOf(get("utilization.gpu"));
  return {
    index,
    uuid,
    model,
    memoryBytes: bytesOf(numberOf(get("memory.total"))) ?? 0,
    busId: get("pci.bus_id") ?? "",
    migEnabled: get("mig.mode.current") === "Enabled",
    driver: get("driver_version") ?? "",
    use: {
      uuid,
      utilization: utilization === null ? null : Math.min(100, Math.max(0, utilization)),
      memoryUsedBytes: bytesOf(numberOf(get("memory.used"))),
      temperatureC: numberOf(get("temperature.gpu")),
      powerWatts: numberOf(get("power.draw")),
    },
  };
}

/** A GPU that fell off the bus prints an error line instead of values: it is left out. */
export function parseGpus(csv: string): Gpu[] {
  return csv.split("\n").flatMap((line) => parseLine(line.trim()) ?? []);
}

let absent = false;

async function askDriver(): Promise<Gpu[]> {
  try {
    const args = [`--query-gpu=${GPU_FIELDS.join(",")}`, "--format=csv,noheader,nounits"];
    const env = processEnv(hostEnvironment());
    const { stdout } = await run("nvidia-smi", args, { timeout: PATIENCE_MS, killSignal: "SIGKILL", env });
    return parseGpus(stdout);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") absent = true;
    return [];
  }
}

let asking: { answer: Promise<Gpu[]>; since: number } | null = null;

/** An empty list on a host without `nvidia-smi`, which is asked only once, and while its driver does not answer. */
export async function readGpus(): Promise<Gpu[]> {
  if (absent) return [];
  asking ??= {
    since: performance.now(),
    answer: askDriver().finally(() => {
      asking = null;
    }),
  };
  const left = PATIENCE_MS - (performance.now() - asking.since);
  if (left <= 0) return [];
  const answered = new AbortController();
  const late = pause(left, [], { signal: answered.signal }).catch(() => []);
  try {
    return await Promise.race([asking.answer, late]);
  } finally {
    answered.abort();
  }
}
