/** The job that a path names, read once a request; a path that names none is a page that is not found. */
import { getQueryClient, trpc } from "@/components/trpc/server";
import { orNotFound } from "../../or-not-found";

export type JobParams = Promise<{ project: string; id: string }>;

export async function readJob(params: JobParams) {
  const { project, id } = await params;
  return getQueryClient().fetchQuery(trpc.compute.getJob.queryOptions({ project, jobId: id })).catch(orNotFound);
}
