/** Claiming: an agent takes the jobs that fit it, each under a new attempt number, the fencing token. */
import type { Tx } from "@/server/platform/db";
import { Unauthenticated } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import type { RanOn } from "../../contract/job";
import { type Claim, ClaimRequest } from "../../contract/protocol";
import { holdsAgent, isStale } from "../../rules/job-state";
import { LEASE_SECONDS } from "../../rules/lease";
import { askOf, type Capacity, capacityOf, freeOf, isUsablePython, type Placed, pickJobs } from "../../rules/queue/placement";
import { type AgentRow, lockAgent, selectHeld } from "../../store/agents";
import { attemptsOfClaim, insertAttempts } from "../../store/attempts";
import { type JobRow, moveJob } from "../../store/jobs";
import { leaseEnd } from "../../store/leases";
import { lockClaimable } from "../../store/queue";
import { selectKept } from "../../store/reservations";
import { agentIngest, type Tell } from "./agent-verb";
import { attemptToken, attemptTokenHash } from "./attempt-token";
import { pickBesideKept } from "./claim-beside";
import { stopNotices } from "./heartbeat";
import { mayClaim } from "./hello-agent";

/** Read beyond what is asked for: the first ones may not fit together. */
const CANDIDATES = 32;

type Target = { agent: AgentRow; claimId: string };

function claimOf(job: JobRow, attempt: { id: string; number: number; devices: string[] }): Claim {
  const { after: _, ...spec } = job.spec;
  return {
    attemptId: attempt.id,
    jobId: job.id,
    projectId: job.projectId,
    attempt: attempt.number,
    token: attemptToken(attempt.id),
    devices: attempt.devices,
    spec,
  };
}

/** The first answer again; what became stale since is left out. Null when the claim is new. */
async function repeatedClaim(tx: Tx, { agent, claimId }: Target): Promise<Claim[] | null> {
  const before = await attemptsOfClaim(tx, agent.id, claimId);
  if (before.length === 0) return null;
  return before
    .filter(({ job, attempt }) => !isStale({ job, number: attempt.number }) && holdsAgent(job.state))
    .map(({ job, attempt }) => claimOf(job, attempt));
}

function ranOn({ name, host }: AgentRow, devices: readonly string[]): RanOn {
  const { platform, cpuModel = "", pythons, gpus, gpuDriver } = host;
  const python = pythons.find(({ version }) => isUsablePython(version))?.version ?? null;
  return { agent: name, platform, cpuModel, python, gpus: gpus.filter(({ uuid }) => devices.includes(uuid)).map(({ model }) => model), gpuDriver };
}

async function startAttempts(
  tx: Tx,
  { agent, claimId }: Target,
  placed: Placed<{ row: JobRow }>[],
  tell: Tell,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const { job, devices } of placed) {
    const { row } = job;
    const number = row.attempt + 1;
    const moved = {
      state: "preparing" as const,
      attempt: number,
      agentId: agent.id,
      notBefore: null,
      cause: null,
      message: null,
    };
    if (!(await moveJob(tx, row, { ...moved, exitCode: null, signal: null }))) continue;
    const id = newId();
    const tokenHash = attemptTokenHash(id);
    const open = { id, number, devices, tokenHash, claimId, state: "preparing" as const };
    await insertAttempts(tx, [
      { ...open, projectId: row.projectId, jobId: row.id, agentId: agent.id, leaseUntil: leaseEnd(LEASE_SECONDS), ranOn: ranOn(agent, devices) },
    ]);
    claims.push(claimOf(row, { id, number, devices }));
    tell(row.projectId, "jobs", `job:${row.id}`, "agents");
  }
  return claims;
}

async function pickFree(tx: Tx, free: Capacity, max: number): Promise<Placed<{ row: JobRow }>[]> {
  const rows = await lockClaimable(tx, free, CANDIDATES);
  return pickJobs(rows.map((row) => ({ row, ask: askOf(row.spec) })), free, max);
}

export const claimJobs = agentIngest("compute.claimJobs", ClaimRequest, async ({ tx, ctx, input }, tell) => {
  const agent = await lockAgent(tx, ctx.actor.id);
  if (!agent) throw new Unauthenticated("This agent was removed.");
  const stop = await stopNotices(tx, agent.id, input.attempts);
  const target = { agent, claimId: input.claimId };
  const repeated = await repeatedClaim(tx, target);
  if (repeated) return { claims: repeated, stop };
  if (input.max === 0 || agent.cordonedAt || agent.draining || !mayClaim(agent.protocol)) return { claims: [], stop };
  const held = await selectHeld(tx, [agent.id]);
  const free = freeOf(capacityOf(agent.host), held);
  const [kept] = await selectKept(tx, agent.id);
  const placed = kept ? await pickBesideKept(tx, { kept, free, held, max: input.max }) : await pickFree(tx, free, input.max);
  return { claims: await startAttempts(tx, target, placed, tell), stop };
});
