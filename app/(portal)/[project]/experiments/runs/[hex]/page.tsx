import { Suspense } from "react";
import { RunCharts } from "@/components/experiments/run/run-charts";
import { Hydrate } from "@/components/trpc/server";
import { type RunParams, readRun } from "./read-run";

export default async function Page({ params }: { params: RunParams }) {
  const { project } = await params;
  const run = await readRun(params);
  return (
    <Hydrate>
      <Suspense>
        <RunCharts project={project} runId={run.id} />
      </Suspense>
    </Hydrate>
  );
}
