import type { Metadata } from "next";
import type { ReactNode } from "react";
import { RunHeader } from "@/components/experiments/run/run-header";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "./read-run";
import { RunModelActions } from "./run-model-actions";
import { RunWaits } from "./run-waits";

type Props = { children: ReactNode; params: RunParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const run = await readRun(params);
  return { title: { absolute: `${run.name} · ${run.experimentName} · Slipway` } };
}

export default async function RunLayout({ children, params }: Props) {
  const { project } = await params;
  const run = await readRun(params);
  await prefetch((client) => [
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
    client.prefetchQuery(trpc.experiments.listModelsOfRun.queryOptions({ project, runId: run.id })),
    ...(run.jobId && run.status === "SCHEDULED" ? [client.prefetchQuery(trpc.compute.getJob.queryOptions({ project, jobId: run.jobId }))] : []),
  ]);
  return (
    <Hydrate>
      <RunHeader project={project} runId={run.id} modelActions={<RunModelActions project={project} runId={run.id} />} />
      <RunWaits project={project} runId={run.id} />
      {children}
    </Hydrate>
  );
}
