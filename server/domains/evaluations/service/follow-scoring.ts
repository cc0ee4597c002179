/** When a scoring job ends, the evaluation that was asked for is computed, or says why it can't be. Called with compute's events. */
import { type ProjectContext, systemContext } from "@/server/platform/context";
import { database } from "@/server/platform/db";
import { ServiceError } from "@/server/platform/errors";
import { findProject } from "@/server/platform/identity/project-access";
import { publishLive } from "@/server/platform/live/publish";
import { findRequestOfJob, lockUnscored, type RequestRow, setFailure, setOperation } from "../store/requests";
import { findSuiteById } from "../store/suites";
import { letGo, startMeasuring } from "./create-evaluation";
import { findScores } from "./scores-source";

type Ended = { jobId: string; state: string; message: string | null };

function failureOf({ state, message }: Ended): string | null {
  if (state === "succeeded") return null;
  if (state === "cancelled") return "The scoring job was cancelled.";
  return `The scoring job did not succeed: ${message ?? state.replaceAll("_", " ")}`;
}

const topicsOf = (id: string): string[] => ["evaluations", `evaluation:${id}`];

async function fail(projectId: string, id: string, reason: string): Promise<void> {
  await database().transaction(async (tx) => {
    if (await setFailure(tx, id, reason)) await letGo(tx, projectId, id);
  });
  publishLive(projectId, topicsOf(id));
}

async function measure(ctx: ProjectContext, request: RequestRow): Promise<void> {
  const { id, loggedModelId, modelName, datasetId, scoringRunId, scoresPath, requestedBy } = request;
  const suite = await findSuiteById(database(), ctx.project.id, request.suiteId);
  if (!suite || !scoringRunId || !scoresPath) return;
  const source = { runId: scoringRunId, path: scoresPath };
  const scores = await findScores(database(), ctx, source, { loggedModelId, datasetId });
  const topics = topicsOf(id);
  await database().transaction(async (tx) => {
    if (!(await lockUnscored(tx, id))) return;
    const write = { tx, ctx, publish: (...more: string[]) => void topics.push(...more) };
    const model = { id: loggedModelId, name: modelName };
    const asked = { suite, model, datasetId, evaluationId: id, scores, requestedBy };
    const { operationId } = await startMeasuring(write, asked);
    await setOperation(tx, id, operationId);
  });
  publishLive(ctx.project.id, topics);
}

/** May come twice, and again for a job that was lost and then succeeded after all. */
export async function followScoring(projectId: string, job: Ended): Promise<void> {
  const request = await findRequestOfJob(database(), projectId, job.jobId);
  if (!request || request.operationId !== null) return;
  const failure = failureOf(job);
  if (failure !== null) return fail(projectId, request.id, failure);
  const project = await findProject(database(), projectId);
  if (!project) return;
  try {
    await measure(systemContext(project, "evaluations"), request);
  } catch (error) {
    // Ours say what is wrong with the scores; anything else is delivered again.
    if (!(error instanceof ServiceError)) throw error;
    await fail(projectId, request.id, error.message);
  }
}
