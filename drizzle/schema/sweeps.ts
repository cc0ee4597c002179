import { sql } from "drizzle-orm";
import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { experiments } from "./experiments";
import { projects } from "./identity";

export const sweeps = pgTable(
  "sweeps",
  {
    id: id(),
    projectId: uuid("project_id").notNull().references(() => projects.id, { onDelete: "cascade" }),
    experimentId: uuid("experiment_id").notNull().references(() => experiments.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    recipe: text("recipe").notNull(),
    recipeVersion: integer("recipe_version").notNull(),
    spec: jsonb("spec").notNull(),
    state: text("state").notNull(),
    /** Why it stopped or finished. */
    reason: text("reason"),
    /** What keeps it from going on now. */
    fault: text("fault"),
    /** MLflow's parent of its runs. */
    parentRunId: uuid("parent_run_id").notNull(),
    /** Finished runs of an earlier sweep as they were when it began. */
    history: jsonb("history").notNull(),
    startFrom: uuid("start_from"),
    importance: jsonb("importance"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    endedAt: moment("ended_at"),
    /** Since it went on last: failures before do not end it again. */
    resumedAt: moment("resumed_at").notNull().default(sql`now()`),
    checkedAt: moment("checked_at").notNull().default(sql`now()`),
  },
  (t) => [index("sweeps_experiment_idx").on(t.experimentId, t.id), index("sweeps_project_idx").on(t.projectId, t.id), index("sweeps_open_idx").on(t.checkedAt).where(sql`${t.state} in ('running', 'stopping')`)],
);

/** A trial is written before its run is launched; the run is made in the transaction that moves it to `launched`. */
export const sweepTrials = pgTable(
  "sweep_trials",
  {
    sweepId: uuid("sweep_id").notNull().references(() => sweeps.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    state: text("state").notNull(),
    params: jsonb("params").notNull(),
    /** What Optuna's sampler and pruner noted of it. */
    attrs: jsonb("attrs").notNull(),
    /** The objective by step, for the pruner: `[step, value]`, null for what is no finite number. */
    reported: jsonb("reported").notNull(),
    runId: uuid("run_id"),
    value: doublePrecision("value"),
    prunedAtStep: integer("pruned_at_step"),
    failure: text("failure"),
    seconds: doublePrecision("seconds"),
    createdAt: createdAt(),
    endedAt: moment("ended_at"),
  },
  (t) => [primaryKey({ columns: [t.sweepId, t.number] }), uniqueIndex("sweep_trials_run_key").on(t.runId)],
);
