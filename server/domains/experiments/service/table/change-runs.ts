/** Tagging, deleting and restoring many runs as one operation: those that are named, or all that a search finds. */
import { holdDatasetsAgain } from "@/server/domains/catalog/service/retention/hold-dataset";
import type { Tx } from "@/server/platform/db";
import { Conflict, Invalid, NotFound } from "@/server/platform/errors";
import { mutation } from "@/server/platform/mutation";
import { ChangeRunsInput, type ChosenRuns, DeleteRunsInput, TagRunsInput } from "../../contract/run-table";
import { parseFilterInput } from "../../rules/parse-filter-input";
import { holdersAmong, readsRelation } from "../../store/dataset-holds";
import { chooseRuns } from "../../store/search/run-search";
import { listedIds, lockRuns, moveRuns, type PickedRun, putRunEntries, removeRunEntries, tagRunRows } from "../../store/table/change-runs";
import { runningOf, settleRunning } from "../deletion/running-jobs";
import { runHex, runTopics } from "../runs";

/** Viewers of one run are told of it; of more than these, tables alone are. */
const toldOf = 200;
/** Enough to take a change back with. */
const idsGiven = 1_000;

async function pickRuns(tx: Tx, projectId: string, chosen: ChosenRuns): Promise<PickedRun[]> {
  if ("runIds" in chosen) {
    const ids = [...new Set(chosen.runIds)];
    const runs = await lockRuns(tx, projectId, listedIds(ids));
    const missing = ids.find((id) => !runs.some((run) => run.id === id));
    if (missing) throw new NotFound(`Run with id=${runHex(missing)} not found`);
    return runs;
  }
  const { search, atMost } = chosen;
  const ids = await chooseRuns(tx, { ...search, projectId, conditions: parseFilterInput(search.filter) }, atMost + 1);
  const runs = await lockRuns(tx, projectId, ids);
  if (runs.length > atMost) throw new Conflict(`More than ${atMost} runs match by now: look at them again.`, { next: "Select them anew." });
  if (runs.length === 0) throw new NotFound("No run matches.");
  return runs;
}

/** One run is itself; of more the experiment is what the audit names. */
function subjectOf(runs: readonly PickedRun[], changed: readonly PickedRun[], chosen: ChosenRuns) {
  const [first] = runs;
  if (!first) throw new NotFound("No run matches.");
  const subject = runs.length === 1 ? { kind: "run", id: first.id, name: first.name } : { kind: "experiment", id: first.experimentId, name: first.experimentName };
  const how = "search" in chosen ? { filter: chosen.search.filter } : { first: changed.slice(0, 20).map((run) => run.name) };
  return { subject, details: { runs: changed.length, ...how } };
}

const topicsOf = (ids: readonly string[]) => [...new Set([...ids.slice(0, toldOf).flatMap(runTopics), "runs", "experiments"])];

type Changed = { runs: number; ids: string[] };
const changedOf = (ids: readonly string[]): Changed => ({ runs: ids.length, ids: ids.length <= idsGiven ? [...ids] : [] });

/** Soft: everything logged stays, and they can be restored. What is deleted already stays so. */
export const deleteRuns = mutation("experiments.deleteRuns", "member", DeleteRunsInput, async (write): Promise<Changed> => {
  const { tx, ctx, input, subject, publish } = write;
  const runs = await pickRuns(tx, ctx.project.id, input.chosen);
  const changed = runs.filter((run) => run.isActive);
  const ids = changed.map((run) => run.id);
  await settleRunning(write, input.running, await runningOf(tx, ctx.project.id, runs.map((run) => run.id)));
  await moveRuns(tx, ids, "deleted");
  await removeRunEntries(tx, ctx.project.id, ids);
  const about = subjectOf(runs, changed, input.chosen);
  subject(about.subject, input.running === null ? about.details : { ...about.details, running: input.running });
  publish(...topicsOf(ids));
  return changedOf(ids);
});

export const restoreRuns = mutation("experiments.restoreRuns", "member", ChangeRunsInput, async ({ tx, ctx, input, subject, publish }): Promise<Changed> => {
  const runs = await pickRuns(tx, ctx.project.id, input.chosen);
  const changed = runs.filter((run) => !run.isActive);
  const ids = changed.map((run) => run.id);
  await moveRuns(tx, ids, "active");
  await putRunEntries(tx, ctx.project.id, ids);
  await holdDatasetsAgain(tx, ctx.project.id, "run", holdersAmong(ids), readsRelation);
  const about = subjectOf(runs, changed, input.chosen);
  subject(about.subject, about.details);
  publish(...topicsOf(ids));
  return changedOf(ids);
});

/** A tag of that name is overwritten. */
export const tagRuns = mutation("experiments.tagRuns", "member", TagRunsInput, async ({ tx, ctx, input, subject, publish }): Promise<Changed> => {
  const tags = [...new Map(input.tags.map((tag) => [tag.key, tag])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (tags.some((tag) => tag.key === "mlflow.runName")) throw new Invalid("tags: a run's name is changed on its own page.", { field: "tags" });
  const runs = await pickRuns(tx, ctx.project.id, input.chosen);
  if (runs.some((run) => !run.isActive)) throw new Invalid("A deleted run can't be tagged: restore it first.", { field: "chosen" });
  for (const experimentId of new Set(runs.map((run) => run.experimentId))) {
    await tagRunRows(tx, experimentId, runs.flatMap((run) => (run.experimentId === experimentId ? [run.id] : [])), tags);
  }
  const ids = runs.map((run) => run.id);
  const about = subjectOf(runs, runs, input.chosen);
  subject(about.subject, { ...about.details, tags: Object.fromEntries(tags.map(({ key, value }) => [key, value.slice(0, 200)])) });
  publish(...topicsOf(ids));
  return changedOf(ids);
});
