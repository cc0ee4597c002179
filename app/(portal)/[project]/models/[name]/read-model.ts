/** The model that a path names; a path that names none is a page that is not found. */
import { getQueryClient, trpc } from "@/components/trpc/server";
import { orNotFound } from "../../experiments/read-experiment";

export async function readModel(project: string, encoded: string) {
  return getQueryClient().fetchQuery(trpc.models.getModel.queryOptions({ project, name: decodeURIComponent(encoded) })).catch(orNotFound);
}
