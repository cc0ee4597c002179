/** One picture of agents, what they run and who waits, for reasons and estimates. */
import { databaseNow } from "@/server/platform/clock";
import type { Db } from "@/server/platform/db";
import type { Dependency, Likeness, PendingView, StartEstimate, Unestimated } from "../contract/job";
import { whyAfter } from "../rules/dependencies/verdict";
import { ESTIMATE_DEPTH, estimateStarts } from "../rules/queue/estimate";
import { isInTouch } from "../rules/lease";
import { type AgentSnapshot, whyPending } from "../rules/queue/pending";
import { type Ask, type Capacity, capacityOf, fits, freeOf } from "../rules/queue/placement";
import { mayPass } from "../rules/queue/reservation";
import { type Kind, LIKENESSES, likeTimes, mostSeconds, runEstimate } from "../rules/queue/run-time";
import { type AgentRow, type HeldRow, selectAgents, selectHeld } from "../store/agents";
import { type QueuedRow, queuePosition, selectQueue } from "../store/queue";
import { type Kept, selectKept } from "../store/reservations";
import { type AskedLike, selectPastRuns } from "../store/run-times";

export type QueuePicture = {
  now: Date;
  agents: (AgentSnapshot & { id: string })[];
  held: HeldRow[];
  queue: QueuedRow[];
  kept: Kept[];
  /** How long the latest ran, by what they share. */
  past: ReadonlyMap<string, readonly number[]>;
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

type AgentsPicture = Pick<QueuePicture, "now" | "agents" | "held" | "kept">;

export async function loadAgents(db: Db): Promise<AgentsPicture> {
  const now = await databaseNow(db);
  const agents = await selectAgents(db);
  const held = await selectHeld(db);
  return { now, agents: agents.map((agent) => agentSnapshot(agent, held, now)), held, kept: await selectKept(db) };
}

export async function loadQueue(db: Db): Promise<QueuePicture> {
  const agents = await loadAgents(db);
  const queue = await selectQueue(db, ESTIMATE_DEPTH);
  return { ...agents, queue, past: await pastOf(db, [...queue, ...agents.held]) };
}

const keyOf = (projectId: string, likeness: Likeness, value: string) => `${projectId} ${likeness} ${value}`;

export async function pastOf(db: Db, jobs: readonly (Kind & { projectId: string })[]): Promise<QueuePicture["past"]> {
  const asked = new Map<string, AskedLike>();
  for (const job of jobs) {
    for (const likeness of LIKENESSES) {
      const value = job[likeness];
      if (value !== null) asked.set(keyOf(job.projectId, likeness, value), { projectId: job.projectId, likeness, value });
    }
  }
  const past = new Map<string, number[]>([...asked.keys()].map((key) => [key, []]));
  for (const row of await selectPastRuns(db, [...asked.values()])) past.get(keyOf(row.projectId, row.likeness, row.value))?.push(row.seconds);
  return past;
}

type Learnt = Kind & { projectId: string; timeLimitSeconds: number };

export const likeOf = (picture: Pick<QueuePicture, "past">, job: Learnt) =>
  likeTimes(job, (likeness, value) => picture.past.get(keyOf(job.projectId, likeness, value)) ?? []);

export const openAgents = (picture: AgentsPicture) => picture.agents.filter((agent) => agent.inTouch && !agent.cordoned && !agent.draining);

export const secondsSince = ({ now }: Pick<QueuePicture, "now">, since: Date | null): number => (since ? (now.getTime() - since.getTime()) / 1_000 : 0);

export function startsOf(picture: QueuePicture): Map<string, StartEstimate> {
  const elapsed = (since: Date | null) => secondsSince(picture, since);
  picture.starts ??= estimateStarts({
    now: picture.now,
    agents: openAgents(picture),
    running: picture.held.map((job) => ({
      agentId: job.agentId, ask: job, elapsedSeconds: elapsed(job.startedAt), like: likeOf(picture, job), limitSeconds: job.timeLimitSeconds,
    })),
    queue: picture.queue.slice(0, ESTIMATE_DEPTH).map((job) => ({
      id: job.id, ask: job, like: likeOf(picture, job), limitSeconds: job.timeLimitSeconds, notBefore: job.notBefore,
    })),
    kept: picture.kept,
  });
  return picture.starts;
}

/** Null for one that has an estimate. */
export function whyUnestimated(picture: QueuePicture, job: { id: string } & Ask): Unestimated | null {
  if (startsOf(picture).has(job.id)) return null;
  if (!openAgents(picture).some((agent) => fits(job, agent.capacity))) return "nowhere";
  const place = picture.queue.findIndex((one) => one.id === job.id);
  return place < 0 || place >= ESTIMATE_DEPTH ? "deep" : "unlike";
}

/** Whether a job comes before the one that room is kept for. */
export const isAhead = (job: { id: string; priority: number }, { jobId, priority }: Pick<Kept, "jobId" | "priority">): boolean =>
  job.priority > priority || (job.priority === priority && job.id < jobId);

/** Whose room on an agent is, where it is kept: this job's, or that of one before it which this one may not pass. */
function keptFor(picture: QueuePicture, agentId: string, job: Waiting): AgentSnapshot["keptFor"] {
  const kept = picture.kept.find((one) => one.agentId === agentId);
  if (!kept) return undefined;
  if (kept.jobId === job.id) return "it";
  if (isAhead(job, kept)) return undefined;
  const queued = picture.queue.find((one) => one.id === job.id);
  const most = queued ? mostSeconds(likeOf(picture, queued), queued.timeLimitSeconds) : Number.POSITIVE_INFINITY;
  return mayPass({ ask: job, mostSeconds: most }, kept) ? undefined : "other";
}

type Waiting = { id: string; priority: number; notBefore: Date | null } & Ask;

export async function pendingView(db: Db, picture: QueuePicture, job: Waiting): Promise<PendingView> {
  const index = picture.queue.findIndex((one) => one.id === job.id);
  const queued = picture.queue[index];
  const position = index >= 0 ? index + 1 : await queuePosition(db, job);
  const { now } = picture;
  const agents = picture.agents.map((agent) => ({ ...agent, keptFor: keptFor(picture, agent.id, job) }));
  const like = queued ? likeOf(picture, queued) : null;
  return {
    reason: whyPending({ ask: job, position, notBefore: job.notBefore, now, agents }),
    position,
    estimate: startsOf(picture).get(job.id) ?? null,
    unestimated: whyUnestimated(picture, job),
    runs: queued && like ? runEstimate(like, queued.timeLimitSeconds) : null,
  };
}

/** Of one that comes into the queue only after other jobs: by one of them, and how many more there are. */
export const blockedView = (one: Dependency | undefined, more: number): PendingView => ({ reason: whyAfter(one, more), position: null, estimate: null, unestimated: "after", runs: null });
