import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { projects, users } from "./identity";

/** Comparisons of runs with words between them; everybody in the project reads it, its maker and maintainers write it. */
export const reports = pgTable(
  "reports",
  {
    id: id(),
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    blocks: jsonb("blocks").notNull(),
    revision: integer("revision").notNull().default(1),
    /** Null of one that a token without a person made; the name is that of its maker then. */
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "set null" }),
    ownerName: text("owner_name").notNull().default(""),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [index("reports_project_idx").on(t.projectId, t.updatedAt)],
);
