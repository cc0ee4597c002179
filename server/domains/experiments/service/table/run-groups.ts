import { query } from "@/server/platform/mutation";
import { GroupRunsInput, type RunGroups } from "../../contract/run-table";
import { parseFilterInput } from "../../rules/parse-filter-input";
import { readRunGroups } from "../../store/table/run-groups";

/** The runs that a filter finds, by the values of a param or tag. */
export const groupRuns = query("experiments.groupRuns", "viewer", GroupRunsInput, async ({ db, ctx, input }): Promise<RunGroups> =>
  readRunGroups(db, { ...input, projectId: ctx.project.id, conditions: parseFilterInput(input.filter) }),
);
