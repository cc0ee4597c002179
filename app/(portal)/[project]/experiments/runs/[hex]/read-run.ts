/** The run that a path names, read once a request; a path that names none is a page that is not found. */
import { notFound } from "next/navigation";
import { runIdOf } from "@/components/experiments/run-identity";
import { getQueryClient, trpc } from "@/components/trpc/server";
import { orNotFound } from "../../read-experiment";

export type RunParams = Promise<{ project: string; hex: string }>;

export async function readRun(params: RunParams) {
  const { project, hex } = await params;
  const runId = runIdOf(hex) ?? notFound();
  return getQueryClient().fetchQuery(trpc.experiments.getRun.queryOptions({ project, runId })).catch(orNotFound);
}
