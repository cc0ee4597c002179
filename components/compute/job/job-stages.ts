/** A job's stages in order, with their times; pure. */
import type { JobDetail } from "@/server/domains/compute/contract/job";
import { isFinished, stateWord } from "../job-words";

export type Stage = {
  word: string;
  note?: string;
  from: number;
  /** Null while it lasts. */
  to: number | null;
  tone: "queued" | "preparing" | "running" | "succeeded" | "failed" | "cancelled";
  isEnd?: boolean;
};

const endTones: Record<string, Stage["tone"]> = { succeeded: "succeeded", cancelled: "cancelled" };

const millis = (at: Date | null | undefined): number | null => (at ? at.getTime() : null);

type StagedJob = Pick<JobDetail, "state" | "submittedAt" | "finishedAt" | "openDependencies" | "readyAt"> & {
  attempts: Pick<JobDetail["attempts"][number], "number" | "agentName" | "claimedAt" | "startedAt" | "finishedAt">[];
};

/** Until the jobs that it runs after have ended; null of one that never waited for any. */
function blockedStage({ submittedAt, openDependencies, readyAt, finishedAt }: StagedJob): Stage | null {
  if (openDependencies === 0 && readyAt === null) return null;
  return { word: "waiting for other jobs", from: submittedAt.getTime(), to: millis(openDependencies > 0 ? finishedAt : readyAt), tone: "queued" };
}

/** Waiting, then for each attempt preparing and running, with the waits between, then the end. */
export function stagesOf(job: StagedJob): Stage[] {
  const ended = millis(job.finishedAt);
  const blocked = blockedStage(job);
  const stages: Stage[] = blocked ? [blocked] : [];
  const waited = stages.length;
  // Null while it is not free: it waits for other jobs, or an attempt holds it.
  let free: number | null = !blocked ? job.submittedAt.getTime() : job.openDependencies > 0 ? null : blocked.to;
  for (const attempt of job.attempts) {
    const claimed = attempt.claimedAt.getTime();
    if (free !== null && claimed - free >= 0) stages.push({ word: stages.length === waited ? "queued" : "queued again", from: free, to: claimed, tone: "queued" });
    const started = millis(attempt.startedAt);
    const finished = millis(attempt.finishedAt) ?? ended;
    const note = job.attempts.length > 1 ? `attempt ${attempt.number} on ${attempt.agentName}` : `on ${attempt.agentName}`;
    stages.push({ word: "preparing", note, from: claimed, to: started ?? finished, tone: "preparing" });
    if (started !== null) stages.push({ word: "running", from: started, to: finished, tone: "running" });
    free = finished;
  }
  if (job.state === "queued" && free !== null) stages.push({ word: stages.length === waited ? "queued" : "queued again", from: free, to: null, tone: "queued" });
  if (isFinished(job.state) && ended !== null) {
    if (stages.length === waited && free !== null) stages.push({ word: "queued", from: free, to: ended, tone: "queued" });
    stages.push({ word: stateWord[job.state] ?? job.state, from: ended, to: ended, tone: endTones[job.state] ?? "failed", isEnd: true });
  }
  return stages;
}
