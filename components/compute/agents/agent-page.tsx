"use client";

import { useQuery } from "@tanstack/react-query";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Notice } from "@/components/ui/feedback/notice";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { KeyValues } from "@/components/ui/layout/key-values";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { AgentDetail } from "@/server/domains/compute/contract/agent";
import { Failure } from "../failure";
import { JobsTable } from "../jobs/jobs-table";
import { stateKey, stateWord } from "../job-words";
import { AgentActions } from "./agent-actions";
import { AgentStateBadge } from "./agent-list";
import { CpuMeter, MemoryMeter } from "./agent-meters";
import { GpuTable } from "./gpu-table";

const memoryLimits: Record<AgentDetail["host"]["memoryLimit"], string> = {
  cgroup2: "enforced by the kernel (cgroup 2)",
  cgroup1: "enforced by the kernel (cgroup 1)",
  watch: "watched by the agent",
};

export type AgentPageProps = { project: string; agentId: string; serverUrl: string };

export function AgentPage({ project, agentId, serverUrl }: AgentPageProps) {
  const trpc = useTRPC();
  const asked = trpc.compute.getAgent.queryOptions({ project, agentId });
  const { data: agent, error, refetch } = useQuery({ ...asked, refetchInterval: 15_000 });
  useLive(["agents"], [asked.queryKey]);
  if (error && !agent) return <Failure title="The agent could not be read" error={error} onRetry={() => void refetch()} />;
  if (!agent) return null;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Agents", href: `/${project}/compute` }, { label: agent.name }]} />
      <PageHeader
        title={agent.name}
        state={<AgentStateBadge agent={agent} />}
        actions={<AgentActions project={project} agent={agent} />}
        facts={[
          { label: "CPU", value: <CpuMeter agent={agent} named={false} className="w-56" /> },
          { label: "Memory", value: <MemoryMeter agent={agent} named={false} className="w-56" /> },
          { label: "Disk free", value: formatBytes(agent.use?.diskFreeBytes ?? agent.host.diskFreeBytes) },
          { label: "Last seen", value: <RelativeTime at={agent.lastSeenAt} /> },
        ]}
      />
      <div className="grid grid-cols-1 gap-4">
        {agent.cordonReason && <Notice tone="warning">Cordoned: {agent.cordonReason}</Notice>}
        {agent.state === "offline" && (
          <Notice tone="failed">
            It was last heard of <RelativeTime at={agent.lastSeenAt} />. Check that the host is up and that “node agent.mjs run” runs there; its jobs are queued again when their leases end.
          </Notice>
        )}
        {agent.host.gpus.length > 0 && <GpuTable agent={agent} />}
        <AgentJobs project={project} agent={agent} />
        <HostFacts agent={agent} />
        <section aria-labelledby="agent-jobs-title">
          <h2 id="agent-jobs-title" className="mb-2 text-heading">
            Jobs it ran
          </h2>
          <JobsTable project={project} serverUrl={serverUrl} agentId={agentId} />
        </section>
      </div>
    </>
  );
}

function AgentJobs({ project, agent }: { project: string; agent: AgentDetail }) {
  const others = agent.held.jobs - agent.jobs.length;
  return (
    <Section title="Runs now" flush={agent.jobs.length > 0}>
      <ul>
        {agent.jobs.map((job) => (
          <li key={job.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-1.5 text-table last:border-b-0">
            <InlineLink href={`/${project}/compute/jobs/${job.id}`} className="min-w-0 flex-1 basis-48 truncate font-medium">
              {job.name}
            </InlineLink>
            {job.devices.length > 0 && <span className="text-muted">{job.devices.length} GPU</span>}
            <StateBadge state={stateKey[job.state] ?? job.state} word={stateWord[job.state]} className="w-28" />
            <span className="w-20 tabular-nums">{job.startedAt ? <Elapsed from={job.startedAt} /> : "–"}</span>
          </li>
        ))}
      </ul>
      {agent.jobs.length === 0 && others === 0 && <p className="text-muted text-table">Nothing.</p>}
      {others > 0 && <p className="px-4 py-2 text-muted text-table">{others === 1 ? "One job" : `${others} jobs`} of other projects, whose names are not shown here.</p>}
    </Section>
  );
}

function HostFacts({ agent }: { agent: AgentDetail }) {
  const { host } = agent;
  const labels = Object.entries(host.labels);
  return (
    <Section title="Host">
      <KeyValues
        className="items-center"
        items={[
          { label: "Host name", value: host.hostname, mono: true },
          { label: "Platform", value: host.platform },
          { label: "Agent version", value: host.agentVersion },
          { label: "Python", value: host.pythons.map((python) => python.version).filter((version, index, all) => all.indexOf(version) === index).join(", ") || "none found" },
          { label: "Memory of a job", value: memoryLimits[host.memoryLimit] },
          { label: "Disk", value: `${formatBytes(agent.use?.diskFreeBytes ?? host.diskFreeBytes)} free of ${formatBytes(host.diskTotalBytes)}` },
          ...(host.gpuDriver ? [{ label: "GPU driver", value: host.gpuDriver }] : []),
          ...(labels.length > 0 ? [{ label: "Labels", value: labels.map(([key, value]) => `${key}=${value}`).join(", "), mono: true }] : []),
          { label: "Registered", value: <RelativeTime at={agent.registeredAt} /> },
          { label: "Id", value: <CopyableId id={agent.id} shown={36} label="Copy the agent's id" /> },
        ]}
      />
    </Section>
  );
}
