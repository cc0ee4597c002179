import type { Metadata } from "next";
import { Suspense } from "react";
import { JobPage } from "@/components/compute/job/job-page";
import { RestingReplayNotice } from "@/components/monitoring/replay/resting-replay-notice";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";
import { type JobParams, readJob } from "./read-job";

export async function generateMetadata({ params }: { params: JobParams }): Promise<Metadata> {
  return { title: (await readJob(params)).name };
}

export default async function Page({ params }: { params: JobParams }) {
  const { project, id } = await params;
  await readJob(params);
  await prefetch((client) => [
    client.prefetchQuery(trpc.compute.readUsage.queryOptions({ project, jobId: id })),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <JobPage project={project} jobId={id} notice={<RestingReplayNotice project={project} jobId={id} />} />
      </Suspense>
    </Hydrate>
  );
}
