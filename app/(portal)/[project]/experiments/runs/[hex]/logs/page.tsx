import { Suspense } from "react";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";
import { RunLogs } from "./run-logs";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { id, jobId } = await readRun(params);
  await prefetch((client) => (jobId === null ? [] : [client.prefetchQuery(trpc.compute.getJob.queryOptions({ project, jobId }))]));
  return (
    <Hydrate>
      <Suspense>
        <RunLogs project={project} runId={id} />
      </Suspense>
    </Hydrate>
  );
}
