import { holdDatasetsAgain } from "@/server/domains/catalog/service/retention/hold-dataset";
import { database, type Db } from "@/server/platform/db";
import { Conflict, NotFound, unlessTaken } from "@/server/platform/errors";
import { mutation, query } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import {
  CreateExperimentInput, ExperimentNameRef, ExperimentRef, ExperimentTagInput, ListExperimentsInput, RenameExperimentInput,
} from "../contract/experiment";
import { holdersIn, readsRelation } from "../store/dataset-holds";
import {
  deleteExperimentTagRow, type ExperimentRow, ensureDefaultExperiment, findExperiment, findExperimentByName, hydrateExperiments, insertExperiment, moveExperiment, putExperimentTags, renameExperimentRow,
} from "../store/experiments";
import { listExperimentRows } from "../store/search/experiment-search";

export const experimentTopic = "experiments";

/** The experiment with this number, or NotFound. Number 0 is made on first sight. */
export async function requireExperiment(db: Db, projectId: string, no: number): Promise<ExperimentRow> {
  const found = await findExperiment(db, projectId, no);
  if (found) return found;
  if (no !== 0) throw new NotFound(`No Experiment with id=${no} exists`);
  await ensureDefaultExperiment(db, projectId);
  return requireExperiment(db, projectId, no);
}

export async function viewOfExperiment(db: Db, row: ExperimentRow) {
  const [view] = await hydrateExperiments(db, [row]);
  if (!view) throw new NotFound("The experiment is gone.");
  return view;
}

const searchEntryOf = (row: ExperimentRow) => ({ kind: "experiment", objectId: row.id, title: row.name, path: `/experiments/${row.no}` });

const nameTaken = (name: string) => new Conflict(`Experiment '${name}' already exists.`, { field: "name" });

export const createExperiment = mutation("experiments.createExperiment", "member", CreateExperimentInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await insertExperiment(tx, ctx.project.id, input.name, input.artifactLocation);
  if (!row) throw nameTaken(input.name);
  await putExperimentTags(tx, row.id, input.tags);
  await putSearchEntry(tx, ctx.project.id, searchEntryOf(row));
  subject({ kind: "experiment", id: row.id, name: row.name }, { no: row.no });
  publish(experimentTopic);
  return viewOfExperiment(tx, row);
});

export const getExperiment = query("experiments.getExperiment", "viewer", ExperimentRef, async ({ db, ctx, input }) =>
  viewOfExperiment(db, await requireExperiment(db, ctx.project.id, input.experimentNo)),
);

export const getExperimentByName = query("experiments.getExperimentByName", "viewer", ExperimentNameRef, async ({ db, ctx, input }) => {
  if (input.name === "Default") await ensureDefaultExperiment(database(), ctx.project.id);
  const row = await findExperimentByName(db, ctx.project.id, input.name);
  if (!row) throw new NotFound(`Could not find experiment with name '${input.name}'`);
  return viewOfExperiment(db, row);
});

export const listExperiments = query("experiments.listExperiments", "viewer", ListExperimentsInput, async ({ db, ctx, input }) => {
  await ensureDefaultExperiment(database(), ctx.project.id);
  const { rows, next } = await listExperimentRows(db, ctx.project.id, input);
  return { experiments: await hydrateExperiments(db, rows), next };
});

export const renameExperiment = mutation("experiments.renameExperiment", "member", RenameExperimentInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  const holder = await findExperimentByName(tx, ctx.project.id, input.name);
  if (holder && holder.id !== row.id) throw nameTaken(input.name);
  const renamed = await unlessTaken(renameExperimentRow(tx, row.id, input.name), () => nameTaken(input.name));
  if (!renamed) throw new Conflict("A deleted experiment can't be renamed: restore it first.");
  await putSearchEntry(tx, ctx.project.id, searchEntryOf(renamed));
  subject({ kind: "experiment", id: row.id, name: input.name }, { was: row.name });
  publish(experimentTopic);
  return viewOfExperiment(tx, renamed);
});

export const restoreExperiment = mutation("experiments.restoreExperiment", "member", ExperimentRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  const moved = await moveExperiment(tx, row.id, "active");
  if (!moved) throw new Conflict(`The experiment ${row.name} is active already.`);
  await putSearchEntry(tx, ctx.project.id, searchEntryOf(moved));
  // Of runs that were deleted themselves too: what those must give up is taken by the next release.
  await holdDatasetsAgain(tx, ctx.project.id, "run", holdersIn(row.id), readsRelation);
  subject({ kind: "experiment", id: row.id, name: row.name });
  publish(experimentTopic);
  return viewOfExperiment(tx, moved);
});

export const setExperimentTag = mutation("experiments.setExperimentTag", "member", ExperimentTagInput, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  await putExperimentTags(tx, row.id, [{ key: input.key, value: input.value }]);
  subject({ kind: "experiment", id: row.id, name: row.name }, { tag: input.key });
  publish(experimentTopic);
  return {};
});

export const deleteExperimentTag = mutation(
  "experiments.deleteExperimentTag",
  "member",
  ExperimentTagInput.pick({ experimentNo: true, key: true }),
  async ({ tx, ctx, input, subject, publish }) => {
    const row = await requireExperiment(tx, ctx.project.id, input.experimentNo);
    if (!(await deleteExperimentTagRow(tx, row.id, input.key))) throw new NotFound(`No tag with name: ${input.key} in experiment with id ${row.no}`);
    subject({ kind: "experiment", id: row.id, name: row.name }, { tag: input.key });
    publish(experimentTopic);
    return {};
  },
);
