/** Launching a sweep: it is checked whole, its parent run is made, and the worker takes it from there. */
import { randomInt } from "node:crypto";
import { Conflict, Invalid } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation } from "@/server/platform/mutation";
import type { Tx } from "@/server/platform/db";
import { putSearchEntry } from "@/server/platform/search";
import type { RecipeDefinition } from "../../contract/recipe";
import { LaunchSweepInput, type SweepSpec } from "../../contract/sweep";
import { sweepTag } from "../../contract/sweep-words";
import { checkInputs } from "../../rules/launch/launch-command";
import { checkSpace, isInside, orderSpace } from "../../rules/sweeps/space";
import { type HistoryTrial, insertSweep } from "../../store/sweeps/sweeps";
import { listTrials } from "../../store/sweeps/trials";
import { requireExperiment } from "../experiments";
import { experimentNo, resolveInputs } from "../launch/launch-run";
import { requireRecipe } from "../recipes";
import { createRun, runHex } from "../runs";
import { requirePrices } from "./sweep-cost";
import { enqueueAdvance, requireSweep, sweepTopics } from "./sweep-context";

type Asked = typeof LaunchSweepInput._output;
const historyKept = 1_000;
/** Of them it takes the best tenth. */
const warmStartRuns = 10;

function checkAll(recipe: RecipeDefinition, asked: Asked): void {
  const faults = [...checkSpace(recipe, asked), ...checkInputs(recipe, asked.inputs)];
  const [first] = faults;
  if (first) throw new Invalid(`${first.field}: ${first.message}`, { field: first.field, issues: faults.slice(0, 20) });
}

/** Kept as they are now: what the earlier sweep does later must not change what this one would ask for. */
async function readHistory(tx: Tx, projectId: string, { startFrom, objective, space, sampler }: Asked): Promise<HistoryTrial[]> {
  if (startFrom === null) return [];
  const earlier = await requireSweep(tx, projectId, startFrom);
  const { metric, direction, of } = earlier.spec.objective;
  if (metric !== objective.metric || direction !== objective.direction || of !== objective.of)
    throw new Conflict(`startFrom: ${earlier.name} is to ${direction} the ${of} ${metric}: its runs can't be compared.`, { field: "startFrom" });
  const finished = (await listTrials(tx, earlier.id)).filter(({ state, params }) => state === "complete" && isInside(space, params));
  const history = finished.slice(-historyKept).flatMap(({ params, value }) => (value === null ? [] : [{ params, value }]));
  if (history.length === 0) throw new Conflict(`startFrom: none of the finished runs of ${earlier.name} lies in this space.`, { field: "startFrom" });
  if (sampler.kind === "cmaes" && history.length < warmStartRuns) throw new Conflict(`startFrom: CMA-ES starts from ${warmStartRuns} finished runs or more; there are ${history.length}.`, { field: "startFrom" });
  return history;
}

export const launchSweep = mutation("experiments.launchSweep", "member", LaunchSweepInput, async (write) => {
  const { tx, ctx, input, subject, publish, link } = write;
  const recipe = await requireRecipe(tx, ctx.project.id, input.recipe, input.version);
  checkAll(recipe.definition, input);
  if (input.budget.cost !== null) await requirePrices(tx, "budget.cost");
  await resolveInputs(tx, ctx.project.id, recipe.definition, input.inputs);
  const history = await readHistory(tx, ctx.project.id, input);
  const id = newId();
  const no = await experimentNo(tx, ctx.project.id, input.experiment ?? recipe.definition.experiment);
  const experiment = await requireExperiment(tx, ctx.project.id, no);
  const parent = await createRun.within(write, { experimentNo: no, name: input.name, userName: ctx.actor.name, tags: [{ key: sweepTag, value: id }] });
  const { name, recipe: _recipe, version: _version, experiment: _experiment, ...asked } = input;
  const spec: SweepSpec = { ...asked, space: orderSpace(asked.space) ?? asked.space, seed: asked.seed ?? randomInt(2 ** 31 - 1) };
  await insertSweep(tx, {
    id, projectId: ctx.project.id, experimentId: experiment.id, name, recipe: recipe.name, recipeVersion: recipe.version, spec, parentRunId: parent.id, history,
    startFrom: input.startFrom, createdBy: ctx.actor.name,
  });
  await putSearchEntry(tx, ctx.project.id, { kind: "sweep", objectId: id, title: name, detail: experiment.name, path: `/experiments/sweeps/${id}` });
  await link({ from: { kind: "sweep", id }, to: { kind: "run", id: parent.id }, relation: "launches below" });
  await enqueueAdvance(tx, ctx.project.id, id);
  subject({ kind: "sweep", id, name }, { recipe: recipe.name, version: recipe.version, budget: spec.budget, sampler: spec.sampler.kind, pruner: spec.pruner.kind });
  publish(...sweepTopics(id));
  return { sweepId: id, parentRunId: parent.id, parentRunHex: runHex(parent.id), experimentNo: no };
});
