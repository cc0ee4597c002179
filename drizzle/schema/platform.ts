import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { projects } from "./identity";

/** Append-only; the sealer numbers and chains committed rows (`seq`, `hash`), one chain a scope. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    projectId: uuid("project_id").references(() => projects.id, { onDelete: "cascade" }),
    at: moment("at").notNull().default(sql`now()`),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    subjectKind: text("subject_kind"),
    subjectId: text("subject_id"),
    subjectName: text("subject_name"),
    details: jsonb("details").notNull(),
    requestId: text("request_id").notNull(),
    seq: bigint("seq", { mode: "number" }),
    hash: text("hash"),
  },
  (t) => [
    index("audit_log_project_idx").on(t.projectId, t.id),
    index("audit_log_unsealed_idx").on(t.projectId, t.id).where(sql`${t.seq} is null`),
    uniqueIndex("audit_log_seq_key").on(sql`coalesce(${t.projectId}, '00000000-0000-0000-0000-000000000000'::uuid)`, t.seq),
    index("audit_log_subject_idx").on(t.projectId, t.subjectKind, t.subjectId),
  ],
);

/** Typed edges between objects of different domains; `hold` forbids deleting the target while the source lives. */
export const links = pgTable(
  "links",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    fromKind: text("from_kind").notNull(),
    fromId: text("from_id").notNull(),
    toKind: text("to_kind").notNull(),
    toId: text("to_id").notNull(),
    relation: text("relation").notNull(),
    hold: boolean("hold").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.fromKind, t.fromId, t.relation, t.toKind, t.toId] }),
    index("links_to_idx").on(t.projectId, t.toKind, t.toId, t.fromKind, t.createdAt),
  ],
);

/** What ⌘K finds: one row an object. */
export const searchEntries = pgTable(
  "search_entries",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    objectId: text("object_id").notNull(),
    title: text("title").notNull(),
    detail: text("detail").notNull().default(""),
    path: text("path").notNull(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.kind, t.objectId] }),
    index("search_entries_recent_idx").on(t.projectId, t.updatedAt),
  ],
);

/** Verified content: a row exists only once the bytes are on disk and their length and SHA-256 were checked. */
export const blobs = pgTable("blobs", {
  sha256: text("sha256").primaryKey(),
  size: bigint("size", { mode: "number" }).notNull(),
  createdAt: createdAt(),
  /** When it was last put, asked for or let go by a document: what nothing refers to is kept for a while from here on. */
  lastPutAt: moment("last_put_at").notNull().default(sql`now()`),
  /** Since when the sweep has found no reference to it; what lost its last one may still be read for a while. */
  freeSince: moment("free_since"),
});

/**
 * A column that keeps content alive: the foreign key is the declaration. PostgreSQL locks the blob's row while a
 * reference is written and refuses to delete a blob that has one, so no reference can be overlooked by the sweep.
 */
export const blobRef = (name: string) => text(name).references(() => blobs.sha256);

/** References from inside a document (a job's spec, an operation's payload), which no foreign key can watch. */
export const blobHolds = pgTable(
  "blob_holds",
  {
    holderKind: text("holder_kind").notNull(),
    holderId: uuid("holder_id").notNull(),
    sha256: blobRef("sha256").notNull(),
  },
  (t) => [primaryKey({ columns: [t.holderKind, t.holderId, t.sha256] }), index("blob_holds_sha_idx").on(t.sha256)],
);

/** One row a pass over the store: what it removed, and what waits because it is too young. */
export const blobSweeps = pgTable("blob_sweeps", {
  at: moment("at").primaryKey().default(sql`now()`),
  removedBlobs: bigint("removed_blobs", { mode: "number" }).notNull(),
  removedBytes: bigint("removed_bytes", { mode: "number" }).notNull(),
  waitingBlobs: bigint("waiting_blobs", { mode: "number" }).notNull(),
  waitingBytes: bigint("waiting_bytes", { mode: "number" }).notNull(),
  tookMs: bigint("took_ms", { mode: "number" }).notNull(),
});

/** Which project may read which content. */
export const blobGrants = pgTable(
  "blob_grants",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    sha256: text("sha256").notNull().references(() => blobs.sha256),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.sha256] }), index("blob_grants_sha_idx").on(t.sha256)],
);

/** Long work on the server (a materialization, a dataset build, a comparison), with state a page can show. */
export const operations = pgTable(
  "operations",
  {
    id: id(),
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id").notNull(),
    subjectName: text("subject_name").notNull(),
    payload: jsonb("payload").notNull(),
    state: text("state").notNull(),
    stage: text("stage").notNull().default(""),
    progress: doublePrecision("progress"),
    attempt: bigint("attempt", { mode: "number" }).notNull().default(0),
    result: jsonb("result"),
    error: text("error"),
    requestedBy: text("requested_by").notNull(),
    createdAt: createdAt(),
    startedAt: moment("started_at"),
    heartbeatAt: moment("heartbeat_at"),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    index("operations_project_idx").on(t.projectId, t.id),
    index("operations_subject_idx").on(t.projectId, t.subjectKind, t.subjectId, t.id),
    index("operations_open_idx").on(t.state).where(sql`${t.state} in ('queued','running')`),
  ],
);

/** One row a process that says it lives; `/health` and Settings read it. */
export const heartbeats = pgTable("heartbeats", {
  process: text("process").primaryKey(),
  pid: bigint("pid", { mode: "number" }).notNull(),
  host: text("host").notNull(),
  startedAt: moment("started_at").notNull(),
  beatAt: moment("beat_at").notNull().default(sql`now()`),
});

/** The steps of the example's pipeline, as its job reports them. */
export const exampleSteps = pgTable(
  "example_steps",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    title: text("title").notNull(),
    state: text("state").notNull(),
    progress: doublePrecision("progress"),
    detail: text("detail").notNull().default(""),
    links: jsonb("links").notNull(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.name] })],
);

/** What each part of the data folder held, by the hour: where it stands and what it grows by. */
export const storageSamples = pgTable(
  "storage_samples",
  {
    at: moment("at").notNull().default(sql`now()`),
    part: text("part").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.part, t.at] })],
);
