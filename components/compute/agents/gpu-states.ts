/** GPUs of an agent with their last measured use, and what is wrong with them, if anything. */
import type { AgentSummary } from "@/server/domains/compute/contract/agent";

export type GpuState = {
  index: number;
  uuid: string;
  model: string;
  /** 0…100. */
  use: number | null;
  memoryUsed: number | null;
  memoryTotal: number;
  temperatureC: number | null;
  powerWatts: number | null;
  /** What makes it sick, in words. */
  sick: string | null;
};

/** Data-centre GPUs slow themselves down from about here on. */
const hotC = 90;

export function gpuStates({ host, state, use: said }: Pick<AgentSummary, "host" | "state" | "use">): GpuState[] {
  // What an agent that is out of touch said last is no longer so.
  const use = state === "offline" ? null : said;
  return host.gpus.map((gpu) => {
    const now = use?.gpus.find((each) => each.uuid === gpu.uuid);
    const temperatureC = now?.temperatureC ?? null;
    const isSilent = use !== null && now === undefined;
    return {
      index: gpu.index,
      uuid: gpu.uuid,
      model: gpu.model,
      use: now?.utilization ?? null,
      memoryUsed: now?.memoryUsedBytes ?? null,
      memoryTotal: gpu.memoryBytes,
      temperatureC,
      powerWatts: now?.powerWatts ?? null,
      sick: isSilent ? "it does not answer" : temperatureC !== null && temperatureC >= hotC ? "too hot" : null,
    };
  });
}
