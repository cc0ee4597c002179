"use client";

import dynamic from "next/dynamic";
import { ChartSkeleton } from "@/components/ui/feedback/skeletons";
import { Failure } from "../../failure";
import { SweepHeader } from "./sweep-header";
import { TrialsTable } from "./trials-table";
import { useSweep } from "./use-sweep";

const SweepCharts = dynamic(() => import("./sweep-charts").then((module) => module.SweepCharts), { ssr: false, loading: () => <ChartSkeleton height={620} /> });

export function SweepPage({ project, sweepId }: { project: string; sweepId: string }) {
  const { data: sweep, error, refetch } = useSweep(project, sweepId);
  if (error && !sweep) return <Failure title="The sweep could not be read" error={error} onRetry={() => void refetch()} />;
  if (!sweep) return null;
  return (
    <>
      <SweepHeader project={project} sweep={sweep} />
      <SweepCharts project={project} sweep={sweep} />
      <div className="mt-5">
        <TrialsTable project={project} sweep={sweep} />
      </div>
    </>
  );
}
