import { cn } from "@/components/ui/class-names";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatPlain } from "@/components/ui/format/format-number";
import type { AgentSummary } from "@/server/domains/compute/contract/agent";

type MeterLook = { named?: boolean; className?: string };

type ShareMeterProps = { label: string; used: number | null; held: number; total: number; show: (value: number) => string } & MeterLook;

const shareOf = (value: number, total: number) => `${total > 0 ? Math.min(100, Math.max(0, (value / total) * 100)) : 0}%`;

/** Two facts on one bar: what is in use as fill, what is given out to jobs as the bracket around it. */
function ShareMeter({ label, used, held, total, show, named = true, className }: ShareMeterProps) {
  const words = `${used === null ? "use unknown" : `${show(used)} in use`}, ${show(held)} given out of ${show(total)}`;
  return (
    <span className={cn("inline-grid gap-1", className)} data-tip={`${label}: ${words}`}>
      <span className="flex justify-between gap-2 text-label">
        {named && <span className="text-muted">{label}</span>}
        <span className="tabular-nums">
          {used === null ? "–" : show(used)} <span className="text-muted">of {show(total)}</span>
        </span>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: the native meter cannot show two values */}
      <span role="meter" aria-label={`${label} in use`} aria-valuemin={0} aria-valuemax={total} aria-valuenow={used ?? 0} aria-valuetext={words} className="relative block h-2 rounded-xs bg-well ring-1 ring-line ring-inset">
        <span className="absolute inset-y-0 left-0 rounded-xs bg-accent/75" style={{ width: shareOf(used ?? 0, total) }} />
        {held > 0 && <span className="absolute -inset-y-0.5 left-0 rounded-xs border border-ink/60" style={{ width: shareOf(held, total) }} />}
      </span>
    </span>
  );
}

/** What an agent that is out of touch said last is no longer so. */
const useOf = (agent: AgentSummary) => (agent.state === "offline" ? null : agent.use);

type AgentMeterProps = { agent: AgentSummary } & MeterLook;

export function CpuMeter({ agent, ...look }: AgentMeterProps) {
  return <ShareMeter label="CPU" used={useOf(agent)?.cpus ?? null} held={agent.held.cpus} total={agent.host.cpus} show={(value) => formatPlain(value, 2)} {...look} />;
}

export function MemoryMeter({ agent, ...look }: AgentMeterProps) {
  return <ShareMeter label="Memory" used={useOf(agent)?.memoryBytes ?? null} held={agent.held.memoryBytes} total={agent.host.memoryBytes} show={formatBytes} {...look} />;
}
