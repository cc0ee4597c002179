import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sortedText } from "./columns";

export const users = pgTable(
  "users",
  {
    id: id(),
    email: sortedText("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    isAdmin: boolean("is_admin").notNull().default(false),
    disabledAt: moment("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("users_email_key").on(sql`lower(${t.email})`)],
);

export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull().default(sql`now()`),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [index("sessions_user_idx").on(t.userId)],
);

export const projects = pgTable(
  "projects",
  {
    id: id(),
    slug: sortedText("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** Put away: nobody can open it and its tokens are refused, but nothing of it is deleted. */
    archivedAt: moment("archived_at"),
    archivedBy: text("archived_by"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("projects_slug_key").on(t.slug)],
);

export const memberships = pgTable(
  "memberships",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.userId] }), index("memberships_user_idx").on(t.userId)],
);

/** One-time links: the first owner's, invitations, password resets. Only the hash of the secret is kept. */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    id: id(),
    kind: text("kind").notNull(),
    secretHash: text("secret_hash").notNull(),
    projectId: uuid("project_id").references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    role: text("role"),
    email: text("email"),
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [uniqueIndex("one_time_links_secret_key").on(t.secretHash), index("one_time_links_project_idx").on(t.projectId)],
);

export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id(),
    kind: text("kind").notNull().default("project"),
    projectId: uuid("project_id").references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    hash: text("hash").notNull(),
    hint: text("hint").notNull(),
    scopes: text("scopes").array().notNull(),
    createdAt: createdAt(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    lastUsedAt: moment("last_used_at"),
  },
  (t) => [uniqueIndex("api_tokens_hash_key").on(t.hash), index("api_tokens_project_idx").on(t.projectId, t.createdAt)],
);

/** Failed sign-ins in a sliding window, one row a subject (e-mail or address). */
export const signInAttempts = pgTable("sign_in_attempts", {
  subject: text("subject").primaryKey(),
  failures: integer("failures").notNull(),
  windowStart: moment("window_start").notNull(),
});

/** The stored answer of a write that came with an Idempotency-Key. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    scope: text("scope").notNull(),
    key: text("key").notNull(),
    action: text("action").notNull(),
    requestHash: text("request_hash").notNull(),
    response: jsonb("response"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] }), index("idempotency_keys_created_idx").on(t.createdAt)],
);
