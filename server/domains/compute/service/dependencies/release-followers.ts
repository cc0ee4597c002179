/** When a job ends, those that run after it come into the queue, or end too. Called with the event of its end. */
import { database, type Tx } from "@/server/platform/db";
import { publishLive } from "@/server/platform/live/publish";
import { emitEvent } from "@/server/platform/outbox";
import { jobFinished } from "../../events";
import { skippedWords, verdictOn } from "../../rules/dependencies/verdict";
import { type Follower, listOverdue, lockFollowers, meetDependencies } from "../../store/dependencies";
import { findJob, type JobRow, skipWaiting } from "../../store/jobs";
import { QUEUE_TOPIC } from "../attempts/agent-verb";

async function skip(tx: Tx, ended: JobRow, { id: jobId, state: _, requires: __, ...follower }: Follower): Promise<void> {
  const { attempt, labels } = follower;
  const message = skippedWords(ended);
  if (!(await skipWaiting(tx, { id: jobId, state: "queued", attempt }, message))) return;
  await emitEvent(tx, ended.projectId, jobFinished, { jobId, attempt, labels, state: "cancelled", cause: "dependency_failed", message });
}

/** May come twice: who was released, or ended, waits for it no more. Those behind a job that is skipped hear of its own end. */
export async function releaseFollowers(projectId: string, jobId: string): Promise<void> {
  const moved = await database().transaction(async (tx) => {
    const ended = await findJob(tx, projectId, jobId);
    if (!ended) return [];
    const followers = await lockFollowers(tx, jobId);
    const judged = followers.map((follower) => ({ follower, verdict: verdictOn({ requires: follower.requires, state: ended.state }) }));
    await meetDependencies(tx, jobId, judged.flatMap(({ follower, verdict }) => (verdict === "met" ? follower.id : [])));
    for (const { follower, verdict } of judged) if (verdict === "missed") await skip(tx, ended, follower);
    return judged.flatMap(({ follower, verdict }) => (verdict === "open" ? [] : follower.id));
  });
  if (moved.length > 0) publishLive(projectId, ["jobs", QUEUE_TOPIC, ...moved.map((id) => `job:${id}`)]);
}

const overdueAtOnce = 200;

/** For events that were lost or are late, and for ends that came while a follower was being submitted. */
export async function releaseOverdue(): Promise<void> {
  for (const { projectId, jobId } of await listOverdue(database(), overdueAtOnce)) await releaseFollowers(projectId, jobId);
}
