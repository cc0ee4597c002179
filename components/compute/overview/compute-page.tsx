"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { TableSkeleton } from "@/components/ui/feedback/skeletons";
import { PageHeader } from "@/components/ui/layout/page-header";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { formatCount, formatPlain } from "@/components/ui/format/format-number";
import { AgentList } from "../agents/agent-list";
import { AddAgent } from "../agents/add-agent";
import { QueueSection } from "./queue-section";
import { RunningSection } from "./running-section";

/** Below the fold: these come after first paint, into the room that is kept for them. */
const ComputeHistory = dynamic(() => import("./compute-history").then((module) => module.ComputeHistory), {
  ssr: false,
  loading: () => <div className="min-h-70" />,
});

const JobsTable = dynamic(() => import("../jobs/jobs-table").then((module) => module.JobsTable), {
  ssr: false,
  loading: () => <TableSkeleton rows={8} columns={7} />,
});

export type ComputePageProps = { project: string; serverUrl: string };

/** Where is my job, why does it wait, when will it start, and who uses what. */
export function ComputePage({ project, serverUrl }: ComputePageProps) {
  return (
    <>
      <PageHeader title="Compute" description="Jobs of this project, and the agents of this server that run them." facts={useFacts(project)} actions={<AddAgent project={project} serverUrl={serverUrl} />} />
      <div className="grid grid-cols-1 gap-5">
        <QueueSection project={project} />
        <RunningSection project={project} />
        <AgentList project={project} serverUrl={serverUrl} />
        <ComputeHistory project={project} />
        <section aria-labelledby="jobs-title">
          <h2 id="jobs-title" className="mb-2 text-heading">
            All jobs
          </h2>
          <JobsTable project={project} serverUrl={serverUrl} />
        </section>
      </div>
    </>
  );
}

const ends = [
  { state: "failed", label: "Failed" },
  { state: "timed_out", label: "Timed out" },
  { state: "lost", label: "Lost" },
] as const;

function useFacts(project: string) {
  const trpc = useTRPC();
  const counts = trpc.compute.countJobs.queryOptions({ project });
  const agents = trpc.compute.listAgents.queryOptions({ project });
  const { data: jobs } = useQuery(counts);
  const { data: hosts } = useQuery(agents);
  useLive(["jobs"], [counts.queryKey]);
  useLive(["agents"], [agents.queryKey]);
  const running = (jobs?.running ?? 0) + (jobs?.preparing ?? 0);
  const online = hosts?.filter((agent) => agent.state === "online") ?? [];
  const sum = (of: (agent: (typeof online)[number]) => number) => online.reduce((total, agent) => total + of(agent), 0);
  const gpus = sum((agent) => agent.host.gpus.length);
  return [
    { label: "Waiting", value: formatCount(jobs?.queued ?? 0) },
    { label: "Running", value: formatCount(running) },
    ...ends.flatMap(({ state, label }) => {
      const count = jobs?.[state] ?? 0;
      if (count === 0) return [];
      return [{ label, value: <InlineLink href={`?q=state+%3D+${state}#jobs-title`}>{formatCount(count)}</InlineLink> }];
    }),
    { label: "Agents online", value: `${online.length} of ${hosts?.length ?? 0}` },
    { label: "CPUs given out", value: `${formatPlain(sum((agent) => agent.held.cpus), 3)} of ${formatCount(sum((agent) => agent.host.cpus))}` },
    ...(gpus > 0 ? [{ label: "GPUs given out", value: `${sum((agent) => agent.held.gpus)} of ${gpus}` }] : []),
  ];
}
