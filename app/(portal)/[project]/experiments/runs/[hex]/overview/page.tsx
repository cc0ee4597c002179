import { RunOverview } from "@/components/experiments/run/run-overview";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { id: runId } = await readRun(params);
  await prefetch((client) => [
    client.prefetchQuery(trpc.experiments.listModelsOfRun.queryOptions({ project, runId })),
    client.prefetchQuery(trpc.identity.getViewer.queryOptions({ project })),
  ]);
  return (
    <Hydrate>
      <RunOverview project={project} runId={runId} />
    </Hydrate>
  );
}
