import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { projects } from "./identity";

/** Runs that are looked at together, when an address could not name them all; the id is of its content. */
export const runSets = pgTable(
  "run_sets",
  {
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    id: text("id").notNull(),
    runIds: uuid("run_ids").array().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);
