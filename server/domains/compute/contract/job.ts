/** Jobs and their attempts: the one declaration of every input, state and wire type of a job. Browser-safe. */
import { z } from "zod";

export const JOB_STATES = [
  "queued",
  "preparing",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "timed_out",
  "lost",
] as const;
export const JobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof JobState>;

/** Why an attempt, and through it a job, ended as it did. */
export const JOB_CAUSES = [
  "completed",
  "exit_code",
  "signal",
  "out_of_memory",
  "command_not_found",
  "environment_failed",
  "code_invalid",
  "input_unavailable",
  "time_limit",
  "cancelled",
  "agent_lost",
  "agent_stopped",
  "runner_failed",
  "dependency_failed",
] as const;
export const JobCause = z.enum(JOB_CAUSES);
export type JobCause = z.infer<typeof JobCause>;

/** Those of them that an attempt may end by: the others are of a job that was never tried. */
export const AttemptCause = JobCause.exclude(["dependency_failed"]);
export type AttemptCause = z.infer<typeof AttemptCause>;

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lowercase hex digits (a SHA-256)");

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL ends an argument early in the kernel's eyes
    .refine((value) => !/\u0000/.test(value), "must not hold a NUL character")
    .refine((value) => !/\p{Surrogate}/u.test(value), "must be well-formed Unicode");

/** A place inside the job's work folder: clean, relative, no way out. */
export const RelativePath = text(512).refine(
  (path) =>
    !path.startsWith("/") &&
    !path.includes("\\") &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== ".."),
  "must be a relative path without '.', '..' or empty parts",
);

const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, "must be a name of letters, digits and underscores");
const EnvValue = z
  .string()
  .max(32_768)
  .refine((value) => !value.includes("\u0000"), "must not hold a NUL character");

/** `SLIPWAY_CHECKPOINT` names a path in the work folder; the agent gives it whole. */
export const ENVIRONMENT_NAMES_HELD =
  /^(SLIPWAY_(?!CHECKPOINT$)|MLFLOW_TRACKING_(URI|TOKEN|USERNAME|PASSWORD)$|CUDA_VISIBLE_DEVICES$|LD_PRELOAD$)/;

const EnvVars = z
  .record(EnvName, EnvValue)
  .refine((vars) => Object.keys(vars).length <= 200, "at most 200 variables")
  .refine(
    (vars) => Object.entries(vars).reduce((sum, [name, value]) => sum + name.length + value.length, 0) <= 131_072,
    "at most 128 KiB in all",
  )
  .refine(
    (vars) => !Object.keys(vars).some((name) => ENVIRONMENT_NAMES_HELD.test(name)),
    "SLIPWAY_*, MLFLOW_TRACKING_*, CUDA_VISIBLE_DEVICES and LD_PRELOAD are set by the agent",
  );

export const JobEnvironment = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("python"), requirementsSha256: Sha256 }),
]);
export type JobEnvironment = z.infer<typeof JobEnvironment>;

const GIB = 1024 ** 3;

export const JobResources = z.strictObject({
  cpus: z.number().min(0.1).max(4096).default(1),
  memoryBytes: z
    .number()
    .int()
    .min(16 * 1024 ** 2)
    .max(1024 ** 5)
    .default(2 * GIB),
  gpus: z.number().int().min(0).max(64).default(0),
});
export type JobResources = z.infer<typeof JobResources>;

const LabelKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, "must be a short name");
export const Labels = z
  .record(LabelKey, z.string().max(256))
  .refine((labels) => Object.keys(labels).length <= 32, "at most 32 labels");

/** Another job of the project that is to succeed first, or to end in whatever way. */
export const JobAfter = z.strictObject({ jobId: z.uuid().toLowerCase(), requires: z.enum(["success", "end"]).default("success") });
export type JobAfter = z.infer<typeof JobAfter>;

export const JobSpec = z.strictObject({
  name: text(200),
  command: z.array(text(65_536)).min(1).max(1_000),
  code: Sha256.nullable().default(null),
  environment: JobEnvironment.default({ kind: "none" }),
  env: EnvVars.default({}),
  inputs: z
    .array(z.strictObject({ path: RelativePath, sha256: Sha256 }))
    .max(1_000)
    .refine((inputs) => new Set(inputs.map((input) => input.path)).size === inputs.length, "two inputs at one path")
    .default([]),
  resources: JobResources.prefault({}),
  timeLimitSeconds: z
    .number()
    .int()
    .min(1)
    .max(30 * 86_400)
    .default(86_400),
  maxAttempts: z.number().int().min(1).max(20).default(1),
  onLostTouch: z.enum(["requeue", "hold"]).default("requeue"),
  priority: z.number().int().min(-100).max(100).default(0),
  /** It comes into the queue once these have ended as asked; one that can no longer do so is the end of this job too. */
  after: z
    .array(JobAfter)
    .max(100)
    .refine((jobs) => new Set(jobs.map(({ jobId }) => jobId)).size === jobs.length, "one job named twice")
    .optional(),
  labels: Labels.default({}),
});
export type JobSpec = z.infer<typeof JobSpec>;

export const SubmitJobInput = JobSpec;
/** What a caller writes: every field with a default may be left out. */
export type SubmitJobInput = z.input<typeof JobSpec>;

export const JobIdInput = z.object({ jobId: z.uuid() });
export const CancelJobInput = JobIdInput;
export const RetryJobInput = JobIdInput;

/** A job as it would be asked for, before anybody submits it. */
export const ForecastStartInput = JobSpec.pick({ timeLimitSeconds: true, priority: true }).extend({
  resources: JobResources.prefault({}),
  needsPython: z.boolean().default(false),
  /** Where it would be launched from one: its run time is learnt from that recipe's runs. */
  recipe: z.string().max(200).optional(),
});

export const Cursor = z.uuid();

export const ListJobsInput = z.object({
  ids: z.array(z.uuid()).max(200).optional(),
  states: z.array(JobState).max(JOB_STATES.length).optional(),
  name: z.string().max(200).optional(),
  label: z.object({ key: LabelKey, value: z.string().max(256) }).optional(),
  agentId: z.uuid().optional(),
  cursor: Cursor.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export const LOG_READ_MAX = 1024 * 1024;

export const ReadLogsInput = JobIdInput.extend({
  /** Left out: the latest attempt. */
  attempt: z.int32().min(1).optional(),
  /** A byte offset; negative counts from the end (a tail). */
  offset: z.number().int().default(0),
  limit: z
    .number()
    .int()
    .min(1)
    .max(LOG_READ_MAX)
    .default(256 * 1024),
});

export const ReadUsageInput = JobIdInput.extend({ attempt: z.int32().min(1).optional() });

export const HistoryInput = z.object({
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90)
    .default(24),
});

/** Who asked for a thing, as a page shows it; `userId` is the person behind it, where there is one. */
export const ActorRef = z.object({ kind: z.string(), id: z.string(), name: z.string(), userId: z.string().nullable() });
export type ActorRef = z.infer<typeof ActorRef>;

export type ByteRange = { from: number; to: number };

/** What of a host a result may depend on, kept with each attempt. */
export type RanOn = { agent: string; platform: string; cpuModel: string; python: string | null; gpus: string[]; gpuDriver: string | null };

export type AttemptView = {
  id: string;
  number: number;
  agentId: string;
  agentName: string;
  state: JobState;
  cause: JobCause | null;
  exitCode: number | null;
  signal: string | null;
  message: string | null;
  devices: string[];
  claimedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  leaseUntil: Date;
  logSize: number;
  logGaps: ByteRange[];
  logExpired: boolean;
  cpuSeconds: number | null;
  maxMemoryBytes: number | null;
  ranOn: RanOn | null;
};

export type JobSummary = {
  id: string;
  name: string;
  state: JobState;
  cause: JobCause | null;
  message: string | null;
  attempt: number;
  priority: number;
  resources: JobResources;
  labels: Record<string, string>;
  agentId: string | null;
  agentName: string | null;
  submittedBy: ActorRef;
  submittedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  cancelRequestedAt: Date | null;
};

export type StartEstimate = { earliest: Date; expected: Date; latest: Date };

/** In what the earlier jobs are like this one that its run time was learnt from. */
export type Likeness = "command" | "recipe" | "script";

/** In seconds. */
export type RunEstimate = { low: number; expected: number; high: number; likeness: Likeness; basedOnRuns: number };

/**
 * Why nothing is said of a start: no agent that takes jobs has room for it even when empty; what it waits for is like
 * nothing that ran before; it is too deep in the queue; or it comes into the queue only after other jobs.
 */
export type Unestimated = "nowhere" | "unlike" | "deep" | "after";

/** A job as another one's page names it. */
export type JobLink = { jobId: string; name: string; state: JobState };
/** What a job runs after. */
export type Dependency = JobLink & Pick<JobAfter, "requires">;

/** Jobs that waited, by whether they started within the first estimate that was made of it; and those without one, by why. */
export type EstimateRecord = { held: number; sooner: number; later: number; without: { nowhere: number; unlike: number; unknown: number } };

export type PendingView = {
  /** A sentence that names the binding reason. */
  reason: string;
  /** 1 is next; null of one that is not in the queue before other jobs have ended. */
  position: number | null;
  estimate: StartEstimate | null;
  /** Where there is no estimate. */
  unestimated: Unestimated | null;
  /** How long it will run. */
  runs: RunEstimate | null;
};

export type JobDetail = JobSummary & {
  spec: JobSpec;
  exitCode: number | null;
  signal: string | null;
  retryOf: string | null;
  /** The agent of the open attempt has missed its heartbeats. */
  outOfTouch: boolean;
  attempts: AttemptView[];
  pending: PendingView | null;
  /** How many jobs it waits for, or waited for when it was cancelled; and when the last of them had ended, null where it waited for none. */
  openDependencies: number;
  readyAt: Date | null;
  after: Dependency[];
  /** Jobs that run after this one: how many, and those that were submitted first. */
  followers: { count: number; first: JobLink[] };
};

export type LogSlice = {
  attempt: number;
  /** Bytes [from, to) of the log as UTF-8; a character cut by the end is left for the next read. */
  text: string;
  from: number;
  to: number;
  size: number;
  /** What the bound on logs left out, inside or outside this slice. */
  gaps: ByteRange[];
  expired: boolean;
  /** No more bytes will come. */
  ended: boolean;
};

export type UsageSample = {
  at: Date;
  cpus: number;
  memoryBytes: number;
  gpus: { uuid: string; utilization: number | null; memoryUsedBytes: number | null; powerWatts: number | null }[];
};
