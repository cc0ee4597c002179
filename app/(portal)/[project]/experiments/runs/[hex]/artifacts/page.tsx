import { Suspense } from "react";
import { ArtifactBrowser } from "@/components/experiments/artifacts/artifact-browser";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { id: runId } = await readRun(params);
  await prefetch((client) => [client.prefetchQuery(trpc.experiments.listRunArtifacts.queryOptions({ project, runId }))]);
  return (
    <Hydrate>
      <Suspense>
        <ArtifactBrowser project={project} runId={runId} />
      </Suspense>
    </Hydrate>
  );
}
