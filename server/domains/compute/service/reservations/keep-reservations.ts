/** Looks over the queue every few seconds, and keeps room for those in it that have waited long. */
import { z } from "zod";
import { systemInstanceContext } from "@/server/platform/context";
import { database, type Tx } from "@/server/platform/db";
import type { Room } from "../../contract/room";
import { type ReserveSnapshot, reserveRoom } from "../../rules/queue/reservation";
import { leftSeconds, mostSeconds } from "../../rules/queue/run-time";
import { areAnyKept, selectLongWaiting, writeReservations } from "../../store/reservations";
import { agentIngest, QUEUE_TOPIC } from "../attempts/agent-verb";
import { likeOf, loadAgents, openAgents, pastOf, type QueuePicture, secondsSince } from "../queue-snapshot";

const EVERY_MS = 5_000;
/** More agents are not kept at once. */
const WAITING = 100;
const anything: Room = { cpus: 1e9, memoryBytes: Number.MAX_SAFE_INTEGER, gpus: 1e9, hasPython: true };

/** The most of anything that an agent has: what asks for more is not waited for. */
const largestOf = (agents: QueuePicture["agents"]): Room => ({
  cpus: Math.max(0, ...agents.map(({ capacity }) => capacity.cpus)),
  memoryBytes: Math.max(0, ...agents.map(({ capacity }) => capacity.memoryBytes)),
  gpus: Math.max(0, ...agents.map(({ capacity }) => capacity.gpus.length)),
  hasPython: agents.some(({ capacity }) => capacity.hasPython),
});

async function snapshotOf(tx: Tx, picture: Awaited<ReturnType<typeof loadAgents>>) {
  const agents = openAgents(picture);
  const waiting = await selectLongWaiting(tx, largestOf(agents), WAITING);
  const past = await pastOf(tx, [...waiting, ...picture.held]);
  const endsIn = (job: QueuePicture["held"][number]) => {
    const [like, elapsed] = [likeOf({ past }, job), secondsSince(picture, job.startedAt)];
    return like ? leftSeconds(like, "high", elapsed, job.timeLimitSeconds) : Math.max(0, job.timeLimitSeconds - elapsed);
  };
  const snapshot: ReserveSnapshot = {
    agents,
    running: picture.held.map((job) => ({ agentId: job.agentId, ask: job, endsIn: endsIn(job) })),
    waiting: waiting.map((job) => ({ id: job.id, ask: job, mostSeconds: mostSeconds(likeOf({ past }, job), job.timeLimitSeconds) })),
    before: picture.kept,
  };
  return { snapshot, projects: new Map(waiting.map(({ id, projectId }) => [id, projectId])) };
}

const keep = agentIngest("compute.keepReservations", z.object({}), async ({ tx }, tell) => {
  const picture = await loadAgents(tx);
  const { snapshot, projects } = await snapshotOf(tx, picture);
  const made = reserveRoom(snapshot);
  await writeReservations(tx, made, picture.now);
  const isKept = (list: readonly { agentId: string; jobId: string }[], { agentId, jobId }: { agentId: string; jobId: string }) => list.some((one) => one.agentId === agentId && one.jobId === jobId);
  // Who was in the way of what is kept no more may start now.
  for (const gone of picture.kept.filter((one) => !isKept(made, one))) tell(gone.projectId, "jobs", `job:${gone.jobId}`, QUEUE_TOPIC);
  for (const { jobId } of made.filter((one) => !isKept(picture.kept, one))) {
    const projectId = projects.get(jobId);
    if (projectId !== undefined) tell(projectId, "jobs", `job:${jobId}`);
  }
});

let lookedAt = Number.NEGATIVE_INFINITY;

/** Called every second. */
export async function keepReservations(): Promise<void> {
  if (performance.now() - lookedAt < EVERY_MS) return;
  lookedAt = performance.now();
  await reserveNow();
}

/** A pass, where anybody has waited long, or room is kept still. */
export async function reserveNow(): Promise<void> {
  const db = database();
  if ((await selectLongWaiting(db, anything, 1)).length === 0 && !(await areAnyKept(db))) return;
  await keep(systemInstanceContext("reservations"), {});
}
