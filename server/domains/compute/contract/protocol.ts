/** The agent protocol: what an agent and the gateway say to each other over HTTP. Both sides parse with these. */
import { z } from "zod";
import { HostReport, HostUse } from "./agent";
import { AttemptCause, JobSpec } from "./job";

export const PROTOCOL_VERSION = 1;
/** Raised only when an older agent can no longer be spoken to. */
export const PROTOCOL_OLDEST = 1;

export const LOG_CHUNK_MAX = 1024 * 1024;
export const CLAIM_WAIT_MAX_SECONDS = 20;

export const RegisterRequest = z.object({
  name: z.string().min(1).max(100),
  protocol: z.int32(),
  /** The agent makes its own credential, keeps it, and sends it here once: registering again with it is harmless. */
  credential: z.string().min(40).max(200),
  host: HostReport,
});
export const RegisterResponse = z.object({ agentId: z.uuid() });

export const HelloRequest = z.object({
  protocol: z.int32(),
  name: z.string().min(1).max(100),
  host: HostReport,
  /** Attempts the agent still holds; what the server thinks it holds beyond these is given back. */
  attempts: z.array(z.uuid()).max(10_000),
  /** The claim under way: what it was given may not have reached the agent yet, and is not given back. */
  claimId: z.uuid().optional(),
});
export type HelloRequest = z.infer<typeof HelloRequest>;
export const HelloResponse = z.object({
  agentId: z.uuid(),
  protocol: z.int32(),
  /** False: finish what you have and claim nothing (the versions are too far apart). */
  mayClaim: z.boolean(),
  leaseSeconds: z.number().positive(),
  heartbeatSeconds: z.number().positive(),
  /** Kept of one job's log: this many bytes of its head and of its tail. */
  logKeepBytes: z.number().int().positive(),
  notices: z.array(z.string()).default([]),
});
export type HelloResponse = z.infer<typeof HelloResponse>;

/** Stop an attempt: somebody cancelled the job, or the attempt is stale and nothing of it is wanted any more. */
export const StopNotice = z.object({ attemptId: z.uuid(), reason: z.enum(["cancelled", "stale"]) });
export type StopNotice = z.infer<typeof StopNotice>;

export const HeartbeatRequest = z.object({
  attempts: z.array(z.uuid()).max(10_000),
  use: HostUse.nullable().default(null),
  draining: z.boolean().default(false),
});
export const HeartbeatResponse = z.object({ extended: z.array(z.uuid()), stop: z.array(StopNotice) });

export type ClaimRequest = z.infer<typeof ClaimRequest>;
export const ClaimRequest = z.object({
  /** Sent again with the same id, a claim gives the same jobs: an answer lost on the way loses none. */
  claimId: z.uuid(),
  max: z.number().int().min(0).max(100),
  waitSeconds: z.number().min(0).max(CLAIM_WAIT_MAX_SECONDS).default(0),
  /** Attempts to be told about when they are to stop. */
  attempts: z.array(z.uuid()).max(10_000).default([]),
});
export const Claim = z.object({
  attemptId: z.uuid(),
  jobId: z.uuid(),
  projectId: z.uuid(),
  attempt: z.int32().min(1),
  token: z.string(),
  devices: z.array(z.string()),
  /** What it ran after is over: of no interest to an agent, and unknown to older ones. */
  spec: JobSpec.omit({ after: true }),
});
export type Claim = z.infer<typeof Claim>;
export const ClaimResponse = z.object({ claims: z.array(Claim), stop: z.array(StopNotice) });

export const UsageReport = z.object({
  /** Seconds since the attempt was claimed, by the agent's monotonic clock; names the sample, so that twice is once. */
  second: z.int32().min(0),
  cpus: z.number().min(0),
  memoryBytes: z.number().int().min(0),
  gpus: z
    .array(
      z.object({
        uuid: z.string().min(1).max(100),
        utilization: z.number().min(0).max(100).nullable(),
        memoryUsedBytes: z.number().int().min(0).nullable(),
        powerWatts: z.number().nullable(),
      }),
    )
    .max(64)
    .default([]),
});
export type UsageReport = z.infer<typeof UsageReport>;

export const AttemptResult = z.object({
  cause: AttemptCause,
  exitCode: z.number().int().min(-1).max(255).nullable(),
  signal: z.string().max(20).nullable(),
  message: z.string().max(2_000),
  /** Whether the command itself was ever started. */
  ran: z.boolean(),
  durationSeconds: z.number().min(0),
  cpuSeconds: z.number().min(0).nullable(),
  maxMemoryBytes: z.number().int().min(0).nullable(),
});
export type AttemptResult = z.infer<typeof AttemptResult>;

export const LogQuery = z.object({
  offset: z.coerce.number().int().min(0),
  /** Bytes that were dropped on the agent's disk before this chunk, by its bound. */
  skipped: z.coerce.number().int().min(0).default(0),
});
export const LogResponse = z.object({
  /** Bytes held up to here: send the next chunk from this offset. */
  size: z.number().int().min(0),
});

/** What the agent reads of an error (a problem document): its sentence, for the log. */
export const ErrorBody = z.object({ title: z.string().default(""), detail: z.string().default("") });
