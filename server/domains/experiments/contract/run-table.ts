/** What a table of runs asks for beside its rows: groups, changes of many runs, files. Browser-safe. */
import { z } from "zod";
import { CountRunsInput, EntityKey, RunningChoice, SearchRunsInput, TagInput } from "./run";

export const GroupField = z.object({ scope: z.enum(["param", "tag"]), key: EntityKey });
export type GroupField = z.infer<typeof GroupField>;

/** Which values of a param or tag hold what is typed. */
export const RunValuesInput = z.object({ experimentNo: z.int32().min(0), field: GroupField, find: z.string().max(200).default("") });
export type RunValue = { value: string; runs: number };

export const GroupRunsInput = CountRunsInput.extend({
  by: GroupField,
  /** Of their last values: mean, standard deviation and number. */
  metrics: z.array(EntityKey).max(50).default([]),
  sort: z.discriminatedUnion("by", [
    z.object({ by: z.literal("metric"), key: EntityKey, descending: z.boolean() }),
    z.object({ by: z.enum(["runs", "value", "started"]), descending: z.boolean() }),
  ]),
});
export type GroupSort = z.infer<typeof GroupRunsInput>["sort"];

/** `sd` is that of a sample (n − 1), null for one value. Values that are no finite numbers are not in it. */
export type GroupStat = { key: string; n: number; mean: number; sd: number | null };
/** `value` is null for the runs that lack the param or tag; `label` is the name of the run or sweep that a value refers to. */
export type RunGroup = { value: string | null; label: string | null; runs: number; startedLast: number | null; stats: GroupStat[] };
/** `isPartial`: more runs match than are read, and only the newest are. `hasMore`: there are more groups than are given. */
export type RunGroups = { groups: RunGroup[]; runs: number; isPartial: boolean; hasMore: boolean };

/** The runs to change: these, or all that a search finds. */
const changedAtMost = 10_000;
const Chosen = z.union([
  z.object({ runIds: z.array(z.uuid()).min(1).max(changedAtMost) }),
  /** Refused where more than `atMost` match: more may have come since someone looked. */
  z.object({ search: CountRunsInput, atMost: z.number().int().min(1).max(changedAtMost) }),
]);
export const ChangeRunsInput = z.object({ chosen: Chosen });
export const DeleteRunsInput = ChangeRunsInput.extend({ running: RunningChoice });
export type ChosenRuns = z.infer<typeof Chosen>;
export const TagRunsInput = ChangeRunsInput.extend({ tags: z.array(TagInput).min(1).max(20) });

export const ExportRunsInput = z.object({
  experimentNo: z.int32().min(0),
  filter: SearchRunsInput.shape.filter,
  orderBy: SearchRunsInput.shape.orderBy,
  view: SearchRunsInput.shape.view,
  /** As tables name them: `name`, `started`, `metrics.auc`, `max(metrics.auc)`, `params.lr`, `tags.stage`. All there are, where it is not said. */
  columns: z.array(z.string().min(1).max(270)).max(1_000).nullable().default(null),
});
