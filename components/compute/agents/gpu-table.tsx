import { Meter } from "@/components/ui/feedback/meter";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import type { AgentSummary } from "@/server/domains/compute/contract/agent";
import { gpuStates } from "./gpu-states";

const head = "h-8 whitespace-nowrap px-2.5 text-left font-medium text-label text-muted first:pl-4 last:pr-4";
const cell = "h-9 whitespace-nowrap border-line border-t px-2.5 first:pl-4 last:pr-4";

/** Every GPU in numbers: the cells of the list, spelled out. */
export function GpuTable({ agent }: { agent: Pick<AgentSummary, "host" | "state" | "use"> }) {
  return (
    <Section title="GPUs" flush>
      <ScrollRegion label="GPUs">
        <table className="w-full text-table">
          <thead>
            <tr>
              {["No.", "Model", "State", "Use", "Memory", "Temperature", "Power"].map((name) => (
                <th key={name} scope="col" className={head}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {gpuStates(agent).map((gpu) => (
              <tr key={gpu.uuid}>
                <td className={cell}>{gpu.index}</td>
                <td className={cell} data-tip={gpu.uuid}>
                  {gpu.model}
                </td>
                <td className={cell}>{gpu.sick ? <StateBadge state="degraded" word={gpu.sick} /> : <StateBadge state={gpu.use === null ? "unknown" : "healthy"} word={gpu.use === null ? "unknown" : "well"} />}</td>
                <td className={`${cell} min-w-36`}>
                  {gpu.use === null ? "–" : <Meter label={`Use of GPU ${gpu.index}`} value={gpu.use} max={100} shown={`${Math.round(gpu.use)}%`} />}
                </td>
                <td className={`${cell} min-w-52`}>
                  {gpu.memoryUsed === null ? (
                    "–"
                  ) : (
                    <Meter
                      label={`Memory of GPU ${gpu.index}`}
                      value={gpu.memoryUsed}
                      max={gpu.memoryTotal}
                      shown={`${formatBytes(gpu.memoryUsed)} of ${formatBytes(gpu.memoryTotal)}`}
                      warnAt={gpu.memoryTotal * 0.95}
                    />
                  )}
                </td>
                <td className={cell}>{gpu.temperatureC === null ? "–" : `${Math.round(gpu.temperatureC)} °C`}</td>
                <td className={cell}>{gpu.powerWatts === null ? "–" : `${Math.round(gpu.powerWatts)} W`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
