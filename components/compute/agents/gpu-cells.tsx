import { cn } from "@/components/ui/class-names";
import { formatBytes } from "@/components/ui/format/format-bytes";
import type { AgentSummary } from "@/server/domains/compute/contract/agent";
import { gpuStates, type GpuState } from "./gpu-states";

function tipOf(gpu: GpuState): string {
  const use = gpu.use === null ? "use unknown" : `${Math.round(gpu.use)}% used`;
  const memory = gpu.memoryUsed === null ? "memory unknown" : `${formatBytes(gpu.memoryUsed)} of ${formatBytes(gpu.memoryTotal)}`;
  const heat = [gpu.temperatureC === null ? [] : [`${Math.round(gpu.temperatureC)} °C`], gpu.powerWatts === null ? [] : [`${Math.round(gpu.powerWatts)} W`]].flat();
  return [`GPU ${gpu.index}`, gpu.model, use, memory, ...heat, ...(gpu.sick ? [gpu.sick] : [])].join(", ");
}

/** One cell a GPU: use as fill from below, memory as the bar at its side; a sick one is crossed out. */
export function GpuCells({ agent }: { agent: Pick<AgentSummary, "host" | "state" | "use"> }) {
  return (
    <ul aria-label="GPUs" className="flex flex-wrap gap-1">
      {gpuStates(agent).map((gpu) => (
        <li
          key={gpu.uuid}
          data-tip={tipOf(gpu)}
          aria-label={tipOf(gpu)}
          className={cn("relative h-7 w-6 overflow-hidden rounded-sm border bg-well", gpu.sick ? "border-failed" : "border-line", gpu.use === null && !gpu.sick && "hatched")}
        >
          <span aria-hidden className="absolute right-1 bottom-0 left-0 bg-accent/75" style={{ height: `${gpu.use ?? 0}%` }} />
          <span aria-hidden className="absolute right-0 bottom-0 w-1 bg-ink/55" style={{ height: `${gpu.memoryUsed === null || gpu.memoryTotal === 0 ? 0 : (gpu.memoryUsed / gpu.memoryTotal) * 100}%` }} />
          {gpu.sick && (
            <svg aria-hidden="true" viewBox="0 0 24 28" preserveAspectRatio="none" className="absolute inset-0 size-full stroke-2 stroke-failed">
              <path d="M0 0L24 28M24 0L0 28" />
            </svg>
          )}
        </li>
      ))}
    </ul>
  );
}
