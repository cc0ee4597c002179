import { RunCode } from "@/components/experiments/run/run-code";
import { Hydrate, prefetch, trpc } from "@/components/trpc/server";
import { type RunParams, readRun } from "../read-run";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const { id: runId, launch } = await readRun(params);
  await prefetch((client) =>
    launch ? [client.prefetchQuery(trpc.experiments.getRecipe.queryOptions({ project, name: launch.recipe, version: launch.version }))] : [],
  );
  return (
    <Hydrate>
      <RunCode project={project} runId={runId} />
    </Hydrate>
  );
}
