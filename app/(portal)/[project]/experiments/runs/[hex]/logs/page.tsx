import { Suspense } from "react";
import { JobLog } from "@/components/compute/log/job-log";
import { NoJob } from "@/components/experiments/run/no-job";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { jobId } = await readRun(params);
  if (jobId === null) return <NoJob project={project} what="logs" />;
  await prefetch((client) => [client.prefetchQuery(trpc.compute.getJob.queryOptions({ project, jobId }))]);
  return (
    <Hydrate>
      <Suspense>
        <JobLog project={project} jobId={jobId} />
      </Suspense>
    </Hydrate>
  );
}
