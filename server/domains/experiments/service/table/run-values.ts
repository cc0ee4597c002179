import { query } from "@/server/platform/mutation";
import { type RunValue, RunValuesInput } from "../../contract/run-table";
import { readRunValues } from "../../store/table/run-values";
import { requireExperiment } from "../experiments";

/** For the filter bar: what a param or tag may be compared with. */
export const listRunValues = query("experiments.listRunValues", "viewer", RunValuesInput, async ({ db, ctx, input }): Promise<RunValue[]> => {
  const experiment = await requireExperiment(db, ctx.project.id, input.experimentNo);
  return readRunValues(db, experiment.id, input.field, input.find);
});
