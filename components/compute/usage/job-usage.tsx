"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { LinePanel } from "@/components/charts/lines/line-panel";
import type { LineSeries } from "@/components/charts/lines/line-series";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { formatPlain } from "@/components/ui/format/format-number";
import type { UsageSample } from "@/server/domains/compute/contract/job";
import { Failure } from "../failure";
import { isFinished } from "../job-words";
import { useJob } from "../use-job";

const GIB = 1024 ** 3;

type Gpu = UsageSample["gpus"][number];

const gpuCharts: { title: string; unit: string; of: (gpu: Gpu) => number | null }[] = [
  { title: "GPU use", unit: "%", of: (gpu) => gpu.utilization },
  { title: "GPU memory", unit: "GiB", of: (gpu) => (gpu.memoryUsedBytes === null ? null : gpu.memoryUsedBytes / GIB) },
  { title: "GPU power", unit: "W", of: (gpu) => gpu.powerWatts },
];

const line = (id: string, label: string, samples: readonly UsageSample[], of: (sample: UsageSample) => number | null): LineSeries => ({
  id,
  label,
  points: samples.map((sample) => ({ at: sample.at.getTime(), value: of(sample) })),
});

function gpuLines(samples: readonly UsageSample[], of: (gpu: Gpu) => number | null): LineSeries[] {
  const devices = [...new Set(samples.flatMap((sample) => sample.gpus.map((gpu) => gpu.uuid)))];
  return devices.map((uuid, index) =>
    line(uuid, `GPU ${index}`, samples, (sample) => {
      const gpu = sample.gpus.find((each) => each.uuid === uuid);
      return gpu ? of(gpu) : null;
    }),
  );
}

export type JobUsageProps = { project: string; jobId: string };

/** What a job uses of what it asked for, over time. */
export function JobUsage({ project, jobId }: JobUsageProps) {
  const trpc = useTRPC();
  const { data: job } = useJob(project, jobId);
  const asked = trpc.compute.readUsage.queryOptions({ project, jobId });
  const { data, error, refetch } = useQuery(asked);
  useLive([`usage:${jobId}`, `job:${jobId}`], [asked.queryKey]);
  const charts = useMemo(() => {
    const samples = data ?? [];
    return {
      cpu: [line("cpu", "CPU", samples, (sample) => sample.cpus)],
      memory: [line("memory", "Memory", samples, (sample) => sample.memoryBytes / GIB)],
      gpus: gpuCharts.map((chart) => ({ ...chart, series: gpuLines(samples, chart.of) })).filter((chart) => chart.series.length > 0),
    };
  }, [data]);
  const limits = useMemo(
    () =>
      job && {
        cpu: [{ value: job.resources.cpus, label: "asked for" }],
        memory: [{ value: job.resources.memoryBytes / GIB, label: "limit" }],
      },
    [job],
  );
  if (error && !data) return <Failure title="The usage could not be read" error={error} onRetry={() => void refetch()} />;
  if (!job || !limits || !data) return null;
  if (data.length < 2)
    return (
      <EmptyState title={isFinished(job.state) ? "No usage was measured" : "Nothing measured yet"}>
        {isFinished(job.state) ? "The job was too short for a sample, or its samples are past their time." : "The agent sends a sample every few seconds once the job runs."}
      </EmptyState>
    );
  const shared = { xMode: "wall", syncGroup: "usage", height: 180, format: formatPlain } as const;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,24rem),1fr))] gap-3">
      <LinePanel {...shared} title="CPU" unit="cores" series={charts.cpu} lines={limits.cpu} />
      <LinePanel {...shared} title="Memory" unit="GiB" series={charts.memory} lines={limits.memory} />
      {charts.gpus.map((chart) => (
        <LinePanel key={chart.title} {...shared} title={chart.title} unit={chart.unit} series={chart.series} />
      ))}
    </div>
  );
}
