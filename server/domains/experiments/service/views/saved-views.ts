/** Views of a page under a name: one's own, and those shared with the project. */
import type { ProjectContext } from "@/server/platform/context";
import { hasRole } from "@/server/platform/context";
import type { Db, Tx } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound, unlessTaken } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation, query } from "@/server/platform/mutation";
import { ListViewsInput, SavedViewRef, type SavedView, SaveViewInput, UpdateViewInput } from "../../contract/saved-view";
import { countOwnViews, countSharedViews, deleteViewRow, findNamesake, findVisibleView, insertView, listVisibleViews, ownAtMost, type SavedViewRow, sharedAtMost, updateViewRow } from "../../store/views/saved-views";
import { requireExperiment } from "../experiments";

export const viewsTopic = "saved-views";

const mayChange = (ctx: ProjectContext, row: SavedViewRow) => row.ownerId === ctx.actor.userId || (row.isShared && hasRole(ctx.role, "maintainer"));

const shown = (ctx: ProjectContext, row: SavedViewRow): SavedView => ({
  id: row.id, name: row.name, query: row.query, isShared: row.isShared, ownerName: row.ownerName,
  isOwn: row.ownerId === ctx.actor.userId, mayChange: mayChange(ctx, row), updatedAt: row.updatedAt,
});

async function requireView(db: Db, ctx: ProjectContext, viewId: string): Promise<SavedViewRow> {
  const row = await findVisibleView(db, ctx.project.id, viewId, ctx.actor.userId);
  if (!row) throw new NotFound("There is no such view.");
  return row;
}

async function requireChangeable(db: Db, ctx: ProjectContext, viewId: string): Promise<SavedViewRow> {
  const row = await requireView(db, ctx, viewId);
  if (mayChange(ctx, row)) return row;
  throw new Forbidden(`“${row.name}” is ${row.ownerName}’s: only they or a maintainer may change it.`, { next: "Save a view of your own." });
}

const taken = (name: string, isShared: boolean) => new Conflict(`There is ${isShared ? "a shared view" : "a view of yours"} named “${name}” already.`, { field: "name" });

async function assertRoomToShare(tx: Tx, place: Parameters<typeof countSharedViews>[1]): Promise<void> {
  if ((await countSharedViews(tx, place)) >= sharedAtMost) throw new Invalid(`At most ${sharedAtMost} shared views an experiment: delete one, or keep this one to yourself.`, { field: "isShared" });
}

export const listViews = query("experiments.listViews", "viewer", ListViewsInput, async ({ db, ctx, input }): Promise<SavedView[]> => {
  const experiment = await requireExperiment(db, ctx.project.id, input.experimentNo);
  const rows = await listVisibleViews(db, { projectId: ctx.project.id, kind: input.kind, experimentId: experiment.id }, ctx.actor.userId);
  return rows.map((row) => shown(ctx, row));
});

export const saveView = mutation("experiments.saveView", "member", SaveViewInput, async ({ tx, ctx, input, subject, publish }): Promise<SavedView> => {
  const ownerId = ctx.actor.userId;
  if (ownerId === null) throw new Forbidden("A view is kept by a person; this token has none behind it.");
  const experiment = await requireExperiment(tx, ctx.project.id, input.experimentNo);
  const place = { projectId: ctx.project.id, kind: input.kind, experimentId: experiment.id };
  if ((await countOwnViews(tx, place, ownerId)) >= ownAtMost) throw new Invalid(`At most ${ownAtMost} views a person: delete one first.`);
  if (input.isShared) await assertRoomToShare(tx, place);
  const id = newId();
  const { name, query: text, isShared } = input;
  if (!(await insertView(tx, { ...place, id, name, query: text, isShared, ownerId }))) throw taken(name, isShared);
  subject({ kind: "view", id, name }, { experiment: experiment.name, shared: isShared });
  publish(viewsTopic);
  return shown(ctx, await requireView(tx, ctx, id));
});

/** Renames, overwrites, shares or takes back, as what is given says. */
export const updateView = mutation("experiments.updateView", "member", UpdateViewInput, async ({ tx, ctx, input, subject, publish }): Promise<SavedView> => {
  const row = await requireChangeable(tx, ctx, input.viewId);
  const { name = row.name, query: text = row.query, isShared = row.isShared } = input;
  if (!isShared && row.ownerId !== ctx.actor.userId) throw new Forbidden(`“${row.name}” is ${row.ownerName}’s: only they can make it private.`);
  if (isShared && !row.isShared) await assertRoomToShare(tx, row);
  if (await findNamesake(tx, { ...row, name, isShared })) throw taken(name, isShared);
  await unlessTaken(updateViewRow(tx, row, { name, query: text, isShared }), () => taken(name, isShared));
  subject({ kind: "view", id: row.id, name }, { was: row.name, shared: isShared, changed: text !== row.query });
  publish(viewsTopic);
  return shown(ctx, await requireView(tx, ctx, row.id));
});

export const deleteView = mutation("experiments.deleteView", "member", SavedViewRef, async ({ tx, ctx, input, subject, publish }) => {
  const row = await requireChangeable(tx, ctx, input.viewId);
  await deleteViewRow(tx, row.id);
  subject({ kind: "view", id: row.id, name: row.name }, { shared: row.isShared });
  publish(viewsTopic);
  return {};
});
