/** One picture of agents, what they run and who waits, for reasons and estimates. */
import { databaseNow } from "@/server/platform/clock";
import type { Db } from "@/server/platform/db";
import type { PendingView } from "../contract/job";
import { ESTIMATE_DEPTH, estimateStart, type RunTimes } from "../rules/estimate";
import { isInTouch } from "../rules/lease";
import { type AgentSnapshot, whyPending } from "../rules/pending";
import { type Ask, type Capacity, capacityOf, freeOf } from "../rules/placement";
import { type AgentRow, type HeldRow, selectAgents, selectHeld } from "../store/agents";
import { type QueuedRow, queuePosition, selectProjectRunTimes, selectQueue, selectRunTimes } from "../store/queue";

export type QueuePicture = {
  now: Date;
  agents: (AgentSnapshot & { id: string })[];
  held: HeldRow[];
  queue: QueuedRow[];
  timesOf(job: { projectId: string; name: string }): RunTimes;
  /** Over all names: for a job that has no name yet. */
  timesOfProject(projectId: string): Promise<RunTimes>;
};

const NO_TIMES: RunTimes = { p25: 0, p50: 0, p75: 0, runs: 0 };

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
  const queue = await selectQueue(db, ESTIMATE_DEPTH + 1);
  const jobs = [...queue, ...held];
  const projectIds = [...new Set(jobs.map((job) => job.projectId))];
  const named = await selectRunTimes(db, { projectIds, names: [...new Set(jobs.map((job) => job.name))] });
  const byProject = new Map((await selectProjectRunTimes(db, projectIds)).map((row) => [row.projectId, row]));
  const byName = new Map(named.map((row) => [`${row.projectId} ${row.name}`, row]));
  return {
    now,
    agents: agents.map((agent) => agentSnapshot(agent, held, now)),
    held,
    queue,
    timesOf: (job) => byName.get(`${job.projectId} ${job.name}`) ?? byProject.get(job.projectId) ?? NO_TIMES,
    timesOfProject: async (id) => byProject.get(id) ?? (await selectProjectRunTimes(db, [id]))[0] ?? NO_TIMES,
  };
}

type Waiting = { id: string; projectId: string; name: string; priority: number; notBefore: Date | null } & Ask;

function estimateOf(picture: QueuePicture, index: number) {
  const elapsed = (since: Date | null) => (since ? (picture.now.getTime() - since.getTime()) / 1_000 : 0);
  return estimateStart({
    now: picture.now,
    agents: picture.agents.filter((agent) => agent.inTouch && !agent.cordoned && !agent.draining),
    running: picture.held.map((job) => ({
      agentId: job.agentId,
      ask: job,
      elapsedSeconds: elapsed(job.startedAt),
      times: picture.timesOf(job),
      limitSeconds: job.timeLimitSeconds,
    })),
    queue: picture.queue
      .slice(0, index + 1)
      .map((job) => ({ ask: job, times: picture.timesOf(job), limitSeconds: job.timeLimitSeconds })),
  });
}

export async function pendingView(db: Db, picture: QueuePicture, job: Waiting): Promise<PendingView> {
  const index = picture.queue.findIndex((one) => one.id === job.id);
  const position = index >= 0 ? index + 1 : await queuePosition(db, job);
  const { agents, now } = picture;
  return {
    reason: whyPending({ ask: job, position, notBefore: job.notBefore, now, agents }),
    position,
    estimate: index >= 0 ? estimateOf(picture, index) : null,
  };
}
