import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, createdAt, id, moment, sortedText } from "./columns";
import { projects } from "./identity";

const projectId = () => uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" });
const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/** A monitor and how far it has read: cursor and windows move in one transaction. */
export const monitors = pgTable(
  "monitors",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").notNull(),
    modelId: uuid("model_id").notNull(),
    baselineId: uuid("baseline_id"),
    /** Why there is no baseline for the champion, in words. */
    baselineError: text("baseline_error"),
    /** The last inference (its sequence) that was folded in. */
    cursor: count("cursor"),
    /** The last inference of the rounds before, where the stream has begun anew. */
    streamStart: count("stream_start"),
    /** The stream's clock. */
    watermark: moment("watermark"),
    labelsSeen: moment("labels_seen"),
    rowsFolded: count("rows_folded"),
    rowsAhead: count("rows_ahead"),
    /** The stream's clock is not the wall's: past traffic that is played again. */
    ownClock: boolean("own_clock").notNull().default(false),
    /** Requests without an event time, left out while the stream has a clock of its own. */
    rowsUntimed: count("rows_untimed"),
    /** Rule → the end of its last judged window. */
    judgedTo: jsonb("judged_to").notNull().default({}),
    /** Rule → what was over when it began to watch: measured, and told nobody. */
    past: jsonb("past").notNull().default({}),
    appliedBy: text("applied_by").notNull(),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("monitors_name_key").on(t.projectId, t.name), index("monitors_model_idx").on(t.modelId)],
);

export const monitorVersions = pgTable(
  "monitor_versions",
  {
    monitorId: uuid("monitor_id").notNull().references(() => monitors.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    definition: jsonb("definition").notNull(),
    appliedBy: text("applied_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.monitorId, t.version] })],
);

/** What the present is compared with: the reference's bins, limits calibrated on its own windows, and their backtest. */
export const baselines = pgTable(
  "baselines",
  {
    id: id(),
    projectId: projectId(),
    monitorId: uuid("monitor_id").notNull().references(() => monitors.id, { onDelete: "cascade" }),
    monitorVersion: integer("monitor_version").notNull(),
    modelVersion: integer("model_version").notNull(),
    onnxSha256: text("onnx_sha256").notNull(),
    datasetId: uuid("dataset_id").notNull(),
    datasetName: text("dataset_name").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    columns: jsonb("columns").notNull(),
    limits: jsonb("limits").notNull(),
    backtest: jsonb("backtest").notNull(),
    tookMs: integer("took_ms").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("baselines_monitor_idx").on(t.monitorId, t.createdAt)],
);

/** Inferences of an hour by event time, as counts in the baseline's bins (int32, little-endian, in its columns' order). */
export const monitorHours = pgTable(
  "monitor_hours",
  {
    baselineId: uuid("baseline_id").notNull().references(() => baselines.id, { onDelete: "cascade" }),
    hour: moment("hour").notNull(),
    rows: integer("rows").notNull(),
    weighted: doublePrecision("weighted").notNull(),
    scored: integer("scored").notNull(),
    scoreSum: doublePrecision("score_sum").notNull(),
    counts: bytes("counts").notNull(),
  },
  (t) => [primaryKey({ columns: [t.baselineId, t.hour] })],
);

/** Judged windows: one value a rule and column. */
export const monitorWindows = pgTable(
  "monitor_windows",
  {
    monitorId: uuid("monitor_id").notNull().references(() => monitors.id, { onDelete: "cascade" }),
    rule: text("rule").notNull(),
    column: text("column_name").notNull(),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    value: doublePrecision("value"),
    low: doublePrecision("low"),
    high: doublePrecision("high"),
    rows: bigint("rows", { mode: "number" }).notNull(),
    verdict: text("verdict").notNull(),
    /** How far from its usual, in limits: above 1 it breaks the rule. */
    ratio: doublePrecision("ratio"),
    modelVersion: integer("model_version").notNull(),
  },
  (t) => [primaryKey({ columns: [t.monitorId, t.rule, t.endsAt, t.column] }), index("monitor_windows_breach_idx").on(t.monitorId, t.endsAt).where(sql`${t.verdict} = 'breach'`)],
);

/** Outcomes as they became known; one without its prediction waits for it. */
export const labels = pgTable(
  "labels",
  {
    projectId: projectId(),
    modelId: uuid("model_id").notNull(),
    predictionId: text("prediction_id").notNull(),
    label: smallint("label").notNull(),
    knownAt: moment("known_at").notNull(),
    receivedAt: moment("received_at").notNull().default(sql`now()`),
    isJoined: boolean("is_joined").notNull().default(false),
    sequence: bigint("sequence", { mode: "number" }).generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.modelId, t.predictionId] }),
    index("labels_sequence_idx").on(t.modelId, t.sequence),
    index("labels_received_idx").on(t.receivedAt),
  ],
);

/** What became of a model's labels, and how far they were joined. */
export const labelTallies = pgTable("label_tallies", {
  modelId: uuid("model_id").primaryKey(),
  projectId: projectId(),
  received: count("received"),
  joined: count("joined"),
  waiting: count("waiting"),
  duplicates: count("duplicates"),
  conflicting: count("conflicting"),
  late: count("late"),
  unsampled: count("unsampled"),
  dropped: count("dropped"),
  watermark: moment("watermark"),
  labelCursor: count("label_cursor"),
  inferenceCursor: count("inference_cursor"),
});

/** Quality by the day of the prediction's event time (UTC), from joined labels. */
export const labelDays = pgTable(
  "label_days",
  {
    modelId: uuid("model_id").notNull(),
    day: moment("day").notNull(),
    version: integer("version").notNull(),
    projectId: projectId(),
    labels: bigint("labels", { mode: "number" }).notNull(),
    positives: bigint("positives", { mode: "number" }).notNull(),
    logLossSum: doublePrecision("log_loss_sum").notNull(),
    scoreSum: doublePrecision("score_sum").notNull(),
  },
  (t) => [primaryKey({ columns: [t.modelId, t.day, t.version] })],
);

/** One open alert a monitor's rule: the partial index makes it fire once. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    projectId: projectId(),
    monitorId: uuid("monitor_id").notNull().references(() => monitors.id, { onDelete: "cascade" }),
    rule: text("rule").notNull(),
    state: text("state").notNull(),
    dedupKey: text("dedup_key").notNull(),
    title: text("title").notNull(),
    /** The window that did it, and the last one that still broke the rule: on the stream's clock. */
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    lastEndsAt: moment("last_ends_at").notNull(),
    resolvedEndsAt: moment("resolved_ends_at"),
    windows: integer("windows").notNull().default(1),
    evidence: jsonb("evidence").notNull(),
    /** What broke its limit while the alert was open, worst first; null of alerts from before this was kept. */
    broken: jsonb("broken"),
    firedAt: moment("fired_at").notNull().default(sql`now()`),
    acknowledgedAt: moment("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedNote: text("acknowledged_note").notNull().default(""),
    resolvedAt: moment("resolved_at"),
    resolvedBy: text("resolved_by"),
    resolvedNote: text("resolved_note").notNull().default(""),
  },
  (t) => [
    index("alerts_project_idx").on(t.projectId, t.id),
    uniqueIndex("alerts_open_key").on(t.monitorId, t.rule).where(sql`${t.state} <> 'resolved'`),
  ],
);

export const channels = pgTable(
  "channels",
  {
    id: id(),
    projectId: projectId(),
    name: sortedText("name").notNull(),
    kind: text("kind").notNull(),
    config: jsonb("config").notNull(),
    /** Signs what is sent; shown once. */
    secret: text("secret").notNull(),
    isEnabled: boolean("is_enabled").notNull().default(true),
    /** Which monitors it hears of; none named is all of them. */
    monitors: text("monitors").array().notNull().default(sql`'{}'`),
    events: text("events").array().notNull().default(sql`'{alert.firing,alert.acknowledged,alert.resolved}'`),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("channels_name_key").on(t.projectId, t.name)],
);

/** What was to be sent: its id is made of what it tells and to whom, so that it exists once however often it is asked for. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    projectId: projectId(),
    channelId: uuid("channel_id").notNull().references(() => channels.id, { onDelete: "cascade" }),
    alertId: uuid("alert_id"),
    event: text("event").notNull(),
    payload: jsonb("payload").notNull(),
    state: text("state").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    lastMs: integer("last_ms"),
    lastAttemptAt: moment("last_attempt_at"),
    createdAt: createdAt(),
    deliveredAt: moment("delivered_at"),
  },
  (t) => [index("deliveries_channel_idx").on(t.channelId, t.createdAt), index("deliveries_alert_idx").on(t.alertId)],
);

/** A replay of past traffic: where its job is on the stream's clock, and what people want of it. */
export const replays = pgTable(
  "replays",
  {
    projectId: projectId(),
    name: sortedText("name").notNull(),
    model: text("model").notNull(),
    state: text("state").notNull(),
    wanted: text("wanted").notNull().default("run"),
    clock: moment("clock"),
    fromTime: moment("from_time"),
    untilTime: moment("until_time"),
    hourSeconds: doublePrecision("hour_seconds").notNull(),
    scored: count("scored"),
    labelled: count("labelled"),
    /** How often it was begun: ids of a later round differ. */
    round: integer("round").notNull().default(1),
    note: text("note").notNull().default(""),
    /** The job that reported last; null where something else than a job does. */
    jobId: uuid("job_id"),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.name] })],
);
