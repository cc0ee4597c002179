"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { AgentSummary } from "@/server/domains/compute/contract/agent";
import { Failure } from "../failure";
import { agentSnippets } from "../snippets";
import { AgentActions } from "./agent-actions";
import { CpuMeter, MemoryMeter } from "./agent-meters";
import { GpuCells } from "./gpu-cells";

export type AgentListProps = { project: string; serverUrl: string };

/** Hosts with what they have, what is given out and what is in use. */
export function AgentList({ project, serverUrl }: AgentListProps) {
  const trpc = useTRPC();
  const asked = trpc.compute.listAgents.queryOptions({ project });
  // A silent agent says nothing: that it went offline is seen by looking again.
  const { data: agents, error, refetch } = useQuery({ ...asked, refetchInterval: 15_000 });
  useLive(["agents"], [asked.queryKey]);
  if (error && !agents) return <Failure title="The agents could not be read" error={error} onRetry={() => void refetch()} />;
  return (
    <Section title="Agents" flush={(agents?.length ?? 0) > 0}>
      {!agents || agents.length === 0 ? (
        <EmptyState title="No agent yet" snippets={agentSnippets(serverUrl, "…")}>
          An admin of this server makes the token with “Add an agent”, and the host starts taking jobs.
        </EmptyState>
      ) : (
        <ul>
          {agents.map((agent) => (
            <AgentRow key={agent.id} project={project} agent={agent} />
          ))}
        </ul>
      )}
    </Section>
  );
}

export function AgentStateBadge({ agent }: { agent: Pick<AgentSummary, "state" | "cordonReason"> }) {
  const isCordoned = agent.state === "cordoned";
  return <StateBadge state={isCordoned ? "paused" : agent.state} word={agent.state} reason={isCordoned ? (agent.cordonReason ?? "It is given nothing new.") : undefined} />;
}

function AgentRow({ project, agent }: { project: string; agent: AgentSummary }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-b px-4 py-2.5 last:border-b-0">
      <span className="min-w-0 flex-1 basis-44">
        <span className="flex items-center gap-2.5">
          <InlineLink href={`/${project}/compute/agents/${agent.id}`} className="truncate font-medium">
            {agent.name}
          </InlineLink>
          <AgentStateBadge agent={agent} />
        </span>
        <span className="block truncate text-label text-muted">
          {agent.host.platform}, {agent.held.jobs} {agent.held.jobs === 1 ? "job" : "jobs"}, seen <RelativeTime at={agent.lastSeenAt} />
        </span>
      </span>
      <CpuMeter agent={agent} className="w-52 max-sm:w-full" />
      <MemoryMeter agent={agent} className="w-52 max-sm:w-full" />
      <span className="w-56 max-sm:w-full">{agent.host.gpus.length > 0 ? <GpuCells agent={agent} /> : <span className="text-label text-muted">no GPU</span>}</span>
      <AgentActions project={project} agent={agent} />
    </li>
  );
}
