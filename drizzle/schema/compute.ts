import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { HostReport, HostUse } from "@/server/domains/compute/contract/agent";
import type {
  ActorRef,
  ByteRange,
  JobAfter,
  JobCause,
  JobSpec,
  JobState,
  RanOn,
  Unestimated,
  UsageSample,
} from "@/server/domains/compute/contract/job";
import type { Prices } from "@/server/domains/compute/contract/prices";
import type { Room } from "@/server/domains/compute/contract/room";
import { bytes, createdAt, id, moment } from "./columns";
import { projects } from "./identity";

const projectId = () =>
  uuid("project_id")
    .notNull()
    .references(() => projects.id, { onDelete: "cascade" });

/** Hosts that run jobs. They belong to the instance and serve every project. */
export const computeAgents = pgTable(
  "compute_agents",
  {
    id: id(),
    name: text("name").notNull(),
    credentialHash: text("credential_hash").notNull(),
    protocol: integer("protocol").notNull(),
    host: jsonb("host").$type<HostReport>().notNull(),
    use: jsonb("use").$type<HostUse>(),
    draining: boolean("draining").notNull().default(false),
    cordonedAt: moment("cordoned_at"),
    cordonReason: text("cordon_reason"),
    registeredAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull().default(sql`now()`),
    removedAt: moment("removed_at"),
  },
  (t) => [uniqueIndex("compute_agents_credential_key").on(t.credentialHash)],
);

/** Short-lived tokens that let one new agent in; only the hash is kept. */
export const computeEnrolments = pgTable(
  "compute_enrolments",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    note: text("note").notNull().default(""),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    agentId: uuid("agent_id").references(() => computeAgents.id, { onDelete: "set null" }),
  },
  (t) => [uniqueIndex("compute_enrolments_token_key").on(t.tokenHash)],
);

/** `python train.py …`, `python -m trainer …`, `./train …`; what a shell is told with -c is no script. */
const scriptOfSpec = sql`case
  when spec->'command'->>1 is null then left(spec->'command'->>0, 200)
  when spec->'command'->>1 = '-m' then left(spec->'command'->>0, 200) || ' -m ' || left(spec->'command'->>2, 200)
  when left(spec->'command'->>1, 1) <> '-' then left(spec->'command'->>0, 200) || ' ' || left(spec->'command'->>1, 200)
end`;

/** `attempt` is the fencing token: the number of the latest attempt, 0 before the first. */
export const computeJobs = pgTable(
  "compute_jobs",
  {
    id: id(),
    projectId: projectId(),
    name: text("name").notNull(),
    spec: jsonb("spec").$type<JobSpec>().notNull(),
    state: text("state").$type<JobState>().notNull().default("queued"),
    cause: text("cause").$type<JobCause>(),
    message: text("message"),
    exitCode: integer("exit_code"),
    signal: text("signal"),
    priority: integer("priority").notNull(),
    cpus: doublePrecision("cpus").notNull(),
    memoryBytes: bigint("memory_bytes", { mode: "number" }).notNull(),
    gpus: integer("gpus").notNull(),
    needsPython: boolean("needs_python").notNull(),
    labels: jsonb("labels").$type<Record<string, string>>().notNull(),
    attempt: integer("attempt").notNull().default(0),
    /** Attempts that ended by the job's own doing, against `maxAttempts`; and those that ended by the platform's. */
    blamed: integer("blamed").notNull().default(0),
    unblamed: integer("unblamed").notNull().default(0),
    notBefore: moment("not_before"),
    agentId: uuid("agent_id").references(() => computeAgents.id),
    submittedBy: jsonb("submitted_by").$type<ActorRef>().notNull(),
    submittedAt: createdAt(),
    /** How many jobs have to end before it is queued, and when the last of them had. */
    waitsFor: integer("waits_for").notNull().default(0),
    readyAt: moment("ready_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    cancelRequestedAt: moment("cancel_requested_at"),
    cancelledBy: jsonb("cancelled_by").$type<ActorRef>(),
    retryOf: uuid("retry_of"),
    /** When its start was first estimated, and as what, or why there was nothing to say. */
    estimatedAt: moment("estimated_at"),
    startEarliest: moment("start_earliest"),
    startLatest: moment("start_latest"),
    unestimated: text("unestimated").$type<Unestimated>(),
    /** What makes jobs alike. Commands may be long: a digest tells two apart. */
    likeCommand: text("like_command").notNull().generatedAlwaysAs(sql`md5((spec->'command')::text)`),
    likeRecipe: text("like_recipe").generatedAlwaysAs(sql`labels->>'recipe'`),
    likeScript: text("like_script").generatedAlwaysAs(scriptOfSpec),
  },
  (t) => [
    index("compute_jobs_project_idx").on(t.projectId, t.id),
    index("compute_jobs_project_state_idx").on(t.projectId, t.state, t.id),
    index("compute_jobs_queue_idx").on(t.priority.desc().nullsFirst(), t.id).where(sql`${t.state} = 'queued' and ${t.waitsFor} = 0`),
    index("compute_jobs_blocked_idx").on(t.projectId, t.id).where(sql`${t.state} = 'queued' and ${t.waitsFor} > 0`),
    index("compute_jobs_open_idx").on(t.agentId).where(sql`${t.state} in ('preparing','running')`),
    index("compute_jobs_finished_idx").on(t.projectId, t.finishedAt).where(sql`${t.finishedAt} is not null`),
    index("compute_jobs_estimated_idx").on(t.projectId, t.estimatedAt).where(sql`${t.estimatedAt} is not null`),
    // How long it took is learnt from those that came to their own end.
    index("compute_jobs_like_command_idx").on(t.projectId, t.likeCommand, t.finishedAt).where(sql`${t.state} in ('succeeded','timed_out')`),
    index("compute_jobs_like_recipe_idx").on(t.projectId, t.likeRecipe, t.finishedAt).where(sql`${t.state} in ('succeeded','timed_out')`),
    index("compute_jobs_like_script_idx").on(t.projectId, t.likeScript, t.finishedAt).where(sql`${t.state} in ('succeeded','timed_out')`),
    index("compute_jobs_labels_idx").using("gin", sql`${t.labels} jsonb_path_ops`),
  ],
);

/** What a job runs after. */
export const computeDependencies = pgTable(
  "compute_dependencies",
  {
    projectId: projectId(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => computeJobs.id, { onDelete: "cascade" }),
    afterId: uuid("after_id")
      .notNull()
      .references(() => computeJobs.id, { onDelete: "cascade" }),
    requires: text("requires").$type<JobAfter["requires"]>().notNull(),
    metAt: moment("met_at"),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.afterId] }), index("compute_dependencies_after_idx").on(t.afterId, t.jobId)],
);

export const computeAttempts = pgTable(
  "compute_attempts",
  {
    id: id(),
    projectId: projectId(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => computeJobs.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    agentId: uuid("agent_id")
      .notNull()
      .references(() => computeAgents.id),
    claimId: uuid("claim_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    state: text("state").$type<JobState>().notNull(),
    cause: text("cause").$type<JobCause>(),
    message: text("message"),
    exitCode: integer("exit_code"),
    signal: text("signal"),
    /** UUIDs of the GPUs it holds. */
    devices: text("devices").array().notNull(),
    leaseUntil: moment("lease_until").notNull(),
    claimedAt: createdAt(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    /** Given up by the server: what its agent has to say of its end is still to come. */
    lapsed: boolean("lapsed").notNull().default(false),
    logSize: bigint("log_size", { mode: "number" }).notNull().default(0),
    logGaps: jsonb("log_gaps").$type<ByteRange[]>().notNull().default([]),
    logExpired: boolean("log_expired").notNull().default(false),
    cpuSeconds: doublePrecision("cpu_seconds"),
    maxMemoryBytes: bigint("max_memory_bytes", { mode: "number" }),
    /** Its host as it was then; null of attempts before it was kept. */
    ranOn: jsonb("ran_on").$type<RanOn>(),
  },
  (t) => [
    uniqueIndex("compute_attempts_job_key").on(t.jobId, t.number),
    uniqueIndex("compute_attempts_token_key").on(t.tokenHash),
    index("compute_attempts_claim_idx").on(t.agentId, t.claimId),
    index("compute_attempts_open_idx").on(t.leaseUntil).where(sql`${t.finishedAt} is null`),
    index("compute_attempts_log_idx").on(t.finishedAt).where(sql`not ${t.logExpired}`),
  ],
);

/** Room on an agent that is kept for a job that has waited long. It holds for some seconds from when it was made. */
export const computeReservations = pgTable("compute_reservations", {
  agentId: uuid("agent_id")
    .primaryKey()
    .references(() => computeAgents.id, { onDelete: "cascade" }),
  /** No foreign key: it would lock the job's row, and a claim passes over rows that are locked. */
  jobId: uuid("job_id").notNull(),
  /** When the job can start there, by what is known, and what is free beside it then. */
  startsAt: moment("starts_at").notNull(),
  spare: jsonb("spare").$type<Room>().notNull(),
  /** What had been claimed by then is in `spare`. */
  madeAt: moment("made_at").notNull(),
});

/** Bytes [offset, offset + length) of an attempt's log; chunks of one attempt never overlap. */
export const computeLogChunks = pgTable(
  "compute_log_chunks",
  {
    projectId: projectId(),
    attemptId: uuid("attempt_id")
      .notNull()
      .references(() => computeAttempts.id, { onDelete: "cascade" }),
    offset: bigint("offset", { mode: "number" }).notNull(),
    length: integer("length").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.offset] })],
);

export const computeUsage = pgTable(
  "compute_usage",
  {
    projectId: projectId(),
    attemptId: uuid("attempt_id")
      .notNull()
      .references(() => computeAttempts.id, { onDelete: "cascade" }),
    /** Seconds since the attempt was claimed; names the sample. */
    second: integer("second").notNull(),
    at: createdAt(),
    cpus: doublePrecision("cpus").notNull(),
    memoryBytes: bigint("memory_bytes", { mode: "number" }).notNull(),
    gpus: jsonb("gpus").$type<UsageSample["gpus"]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.second] })],
);

/** One row, once an instance admin has set it: what an hour of each resource costs. */
export const computePrices = pgTable("compute_prices", {
  id: integer("id").primaryKey(),
  prices: jsonb("prices").$type<Prices>().notNull(),
  setBy: text("set_by").notNull(),
  setAt: moment("set_at").notNull().default(sql`now()`),
});

/** One row: when leases were last judged. A gap means that no server was up to be renewed at. */
export const computeLeaseWatch = pgTable("compute_lease_watch", {
  id: integer("id").primaryKey(),
  sweptAt: moment("swept_at").notNull(),
});
