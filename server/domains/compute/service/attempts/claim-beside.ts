/** What an agent may start beside the room that is kept on it for a job that has waited long. */
import type { Tx } from "@/server/platform/db";
import { type Capacity, type Placed, pickJobs, shift } from "../../rules/queue/placement";
import { type KeptRoom, letPass } from "../../rules/queue/reservation";
import { mostSeconds } from "../../rules/queue/run-time";
import type { HeldRow } from "../../store/agents";
import type { JobRow } from "../../store/jobs";
import { lockClaimable, type QueuedRow, selectQueue } from "../../store/queue";
import type { Kept } from "../../store/reservations";
import { isAhead, likeOf, pastOf } from "../queue-snapshot";

/** Many may not pass, and those that may come later. */
const CANDIDATES = 200;
/** A claim bears the time of its transaction's start: one that was on its way when the room was reckoned is not in it. */
const MARGIN_MS = 2_000;

type Around = { kept: Kept; free: Capacity; held: readonly HeldRow[]; max: number };

/**
 * Who comes before that job, is over by the time it can start, or fits beside it. They are read without locks: other agents
 * pass over what is locked, also where it may not start here.
 */
export async function pickBesideKept(tx: Tx, { kept, free, held, max }: Around): Promise<Placed<{ row: JobRow }>[]> {
  const rows = await selectQueue(tx, CANDIDATES, free);
  const since = held.filter((one) => one.jobId !== kept.jobId && one.claimedAt.getTime() > kept.madeAt.getTime() - MARGIN_MS);
  const past = await pastOf(tx, [...rows, ...since]);
  const most = (job: QueuedRow | HeldRow) => mostSeconds(likeOf({ past }, job), job.timeLimitSeconds);
  const left: KeptRoom = { startsIn: kept.startsIn, spare: { ...kept.spare } };
  for (const one of since) if (one.claimedAt.getTime() + most(one) * 1_000 > kept.startsAt.getTime()) shift(left.spare, one, -1);
  const isItOrAhead = (row: QueuedRow) => row.id === kept.jobId || isAhead(row, kept);
  const picked = pickJobs(rows.map((row) => ({ row, ask: row })), free, max, ({ row }) => isItOrAhead(row) || letPass({ ask: row, mostSeconds: most(row) }, left));
  if (picked.length === 0) return [];
  const locked = new Map((await lockClaimable(tx, free, picked.length, picked.map(({ job }) => job.row.id))).map((row) => [row.id, row]));
  return picked.flatMap(({ job, devices }) => {
    const row = locked.get(job.row.id);
    return row ? [{ job: { row }, devices }] : [];
  });
}
