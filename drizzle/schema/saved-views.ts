import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sortedText } from "./columns";
import { experiments } from "./experiments";
import { projects, users } from "./identity";

/** A page's view state under a name: its query string, private to its maker or shown to the whole project. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    /** Of which page: "runs". */
    kind: text("kind").notNull(),
    /** Null where the page is of the project and not of one experiment. */
    experimentId: uuid("experiment_id").references(() => experiments.id, { onDelete: "cascade" }),
    name: sortedText("name").notNull(),
    query: text("query").notNull(),
    isShared: boolean("is_shared").notNull().default(false),
    ownerId: uuid("owner_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    // A name stands once among the shared ones, and once among those of a person.
    uniqueIndex("saved_views_shared_key").on(t.projectId, t.kind, t.experimentId, t.name).where(sql`${t.isShared}`),
    uniqueIndex("saved_views_own_key").on(t.projectId, t.ownerId, t.kind, t.experimentId, t.name).where(sql`not ${t.isShared}`),
  ],
);
