/** Runs follow their jobs: started, finished, failed, cancelled. Called with compute's events. */
import { database } from "@/server/platform/db";
import type { Tx } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import { insertParams, readParamKeys } from "../store/run-pairs";
import { setStarted } from "../store/run-states";
import { findRunOfJob, type RunRow } from "../store/runs";
import { endRunOfJob, runTopics } from "./runs";

export async function markRunStarted(projectId: string, jobId: string): Promise<void> {
  const run = await findRunOfJob(database(), projectId, jobId);
  if (!run) return;
  await setStarted(database(), run.id);
  publishLive(projectId, [...runTopics(run.id), "experiments"]);
}

/**
 * What a run was launched with and its script did not log is a param of it too, once it has ended: before, the script might
 * still log another spelling of it, and a param is written once.
 */
async function keepLaunchParams(tx: Tx, run: RunRow): Promise<void> {
  const launch = run.launch as { parameters?: Record<string, string | number | boolean> } | null;
  const launched = Object.entries(launch?.parameters ?? {}).map(([key, value]) => ({ key, value: String(value).slice(0, 6_000) }));
  if (launched.length === 0) return;
  const spelled = (key: string) => key.replaceAll("-", "_");
  const logged = new Set((await readParamKeys(tx, run.id)).map(spelled));
  await insertParams(tx, run, launched.filter(({ key, value }) => value !== "" && !logged.has(spelled(key))));
}

const statusOf = { succeeded: "FINISHED", cancelled: "KILLED" } as const;

export async function markRunEnded(projectId: string, job: { jobId: string; state: string; message: string | null }): Promise<void> {
  const run = await findRunOfJob(database(), projectId, job.jobId);
  if (!run) return;
  const status = job.state in statusOf ? statusOf[job.state as keyof typeof statusOf] : "FAILED";
  await database().transaction(async (tx) => {
    await endRunOfJob(tx, run, { status, failure: status === "FINISHED" ? null : (job.message ?? job.state.replace("_", " ")) });
    await keepLaunchParams(tx, run);
  });
  publishLive(projectId, [...runTopics(run.id), "experiments"]);
}
