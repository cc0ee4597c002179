/** One picture of agents, what they run and who waits, for reasons and estimates. */
import { databaseNow } from "@/server/platform/clock";
import type { Db } from "@/server/platform/db";
import type { PendingView, StartEstimate } from "../contract/job";
import { ESTIMATE_DEPTH, estimateStarts } from "../rules/estimate";
import { isInTouch } from "../rules/lease";
import { type AgentSnapshot, whyPending } from "../rules/pending";
import { type Ask, type Capacity, capacityOf, freeOf } from "../rules/placement";
import { type JobHead, kindOf, likeTimes, type PastRun, runEstimate } from "../rules/run-time";
import { type AgentRow, type HeldRow, selectAgents, selectHeld } from "../store/agents";
import { type QueuedRow, queuePosition, selectQueue } from "../store/queue";
import { selectPastRuns } from "../store/run-times";

export type QueuePicture = {
  now: Date;
  agents: (AgentSnapshot & { id: string })[];
  held: HeldRow[];
  queue: QueuedRow[];
  /** By project, newest first. */
  past: Map<string, PastRun[]>;
  /** Made once a picture: a play over the queue gives the starts of all jobs in it. */
  starts?: Map<string, StartEstimate>;
};

function agentSnapshot(agent: AgentRow, held: HeldRow[], now: Date): AgentSnapshot & { id: string } {
  const capacity: Capacity = capacityOf(agent.host);
  return {
    id: agent.id,
    name: agent.name,
    capacity,
    free: freeOf(
      capacity,
      held.filter((one) => one.agentId === agent.id),
    ),
    inTouch: isInTouch(agent.lastSeenAt, now),
    cordoned: agent.cordonedAt !== null,
    draining: agent.draining,
  };
}

export async function loadQueue(db: Db): Promise<QueuePicture> {
  const now = await databaseNow(db);
  const agents = await selectAgents(db);
  const held = await selectHeld(db);
  const queue = await selectQueue(db, ESTIMATE_DEPTH);
  return { now, agents: agents.map((agent) => agentSnapshot(agent, held, now)), held, queue, past: await pastOf(db, [...queue, ...held].map((job) => job.projectId)) };
}

export async function pastOf(db: Db, projectIds: readonly string[]): Promise<QueuePicture["past"]> {
  const past: QueuePicture["past"] = new Map();
  for (const row of await selectPastRuns(db, [...new Set(projectIds)])) {
    const runs = past.get(row.projectId) ?? [];
    runs.push({ ...kindOf(row), seconds: row.seconds });
    past.set(row.projectId, runs);
  }
  return past;
}

type Learnt = JobHead & { projectId: string; timeLimitSeconds: number };

const likeOf = (picture: QueuePicture, job: Learnt) => likeTimes(kindOf(job), picture.past.get(job.projectId) ?? []);

export function startsOf(picture: QueuePicture): Map<string, StartEstimate> {
  const elapsed = (since: Date | null) => (since ? (picture.now.getTime() - since.getTime()) / 1_000 : 0);
  picture.starts ??= estimateStarts({
    now: picture.now,
    agents: picture.agents.filter((agent) => agent.inTouch && !agent.cordoned && !agent.draining),
    running: picture.held.map((job) => ({
      agentId: job.agentId, ask: job, elapsedSeconds: elapsed(job.startedAt), like: likeOf(picture, job), limitSeconds: job.timeLimitSeconds,
    })),
    queue: picture.queue.slice(0, ESTIMATE_DEPTH).map((job) => ({
      id: job.id, ask: job, like: likeOf(picture, job), limitSeconds: job.timeLimitSeconds, notBefore: job.notBefore,
    })),
  });
  return picture.starts;
}

type Waiting = { id: string; priority: number; notBefore: Date | null } & Ask;

export async function pendingView(db: Db, picture: QueuePicture, job: Waiting): Promise<PendingView> {
  const index = picture.queue.findIndex((one) => one.id === job.id);
  const queued = picture.queue[index];
  const position = index >= 0 ? index + 1 : await queuePosition(db, job);
  const { agents, now } = picture;
  const like = queued ? likeOf(picture, queued) : null;
  return {
    reason: whyPending({ ask: job, position, notBefore: job.notBefore, now, agents }),
    position,
    estimate: startsOf(picture).get(job.id) ?? null,
    runs: queued && like ? runEstimate(like, queued.timeLimitSeconds) : null,
  };
}
