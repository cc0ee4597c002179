import { Suspense } from "react";
import { RunSystem } from "@/components/experiments/run/run-system";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";
import { RunUsage } from "./run-usage";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { id, jobId } = await readRun(params);
  await prefetch((client) => (jobId === null ? [] : [client.prefetchQuery(trpc.compute.getJob.queryOptions({ project, jobId }))]));
  return (
    <Hydrate>
      <Suspense>
        <RunSystem project={project} runId={id} measured={jobId === null ? null : <RunUsage project={project} runId={id} />} />
      </Suspense>
    </Hydrate>
  );
}
