/** The evaluation that a path names, or the request for it; a path that names neither is a page that is not found. */
import { notFound } from "next/navigation";
import { getQueryClient, trpc } from "@/components/trpc/server";
import { orNull } from "../../experiments/read-experiment";

export async function readEvaluation(project: string, evaluationId: string) {
  const client = getQueryClient();
  const made = await client.fetchQuery(trpc.evaluations.getEvaluation.queryOptions({ project, evaluationId })).catch(orNull);
  if (made) return { isMade: true, name: made.model.name };
  const asked = await client.fetchQuery(trpc.evaluations.getEvaluationRequest.queryOptions({ project, evaluationId })).catch(orNull);
  return asked ? { isMade: false, name: asked.model.name } : notFound();
}
