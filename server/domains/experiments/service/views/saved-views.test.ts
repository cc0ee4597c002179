import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { listAudit } from "@/server/platform/audit/service";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { oneOfEight } from "@/server/platform/testing/one-of-eight";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { deleteView, listViews, saveView, updateView } from "./saved-views";

let a: TestProject;
beforeEach(async () => {
  a = await testProject("member");
});

const place = { kind: "runs", experimentNo: 0 } as const;
const best = { ...place, name: "best", query: "q=metrics.auc+%3E+0.9&sort=metrics.auc.desc" };
const names = async (ctx: TestProject["ctx"]) => (await listViews(ctx, place)).map((view) => view.name);

it("keeps a view for its maker alone until it is shared", async () => {
  const other = await a.as("member");
  const view = await saveView(a.ctx, best);
  expect(await listViews(a.ctx, place)).toMatchObject([{ name: "best", query: best.query, isShared: false, isOwn: true, mayChange: true }]);
  expect(await names(other)).toEqual([]);
  await expect(updateView(other, { viewId: view.id, name: "mine" })).rejects.toThrow(NotFound);
  await updateView(a.ctx, { viewId: view.id, isShared: true });
  expect(await listViews(other, place)).toMatchObject([{ name: "best", isShared: true, isOwn: false, mayChange: false, ownerName: a.ctx.actor.name }]);
});

it("a shared one is changed by its maker and by maintainers, and by nobody else", async () => {
  const { id: viewId } = await saveView(a.ctx, { ...best, isShared: true });
  const other = await a.as("member");
  await expect(updateView(other, { viewId, query: "" })).rejects.toThrow(Forbidden);
  await expect(deleteView(other, { viewId })).rejects.toThrow(Forbidden);
  const maintainer = await a.as("maintainer");
  expect(await updateView(maintainer, { viewId, name: "the best", query: "q=a" })).toMatchObject({ name: "the best", query: "q=a", isOwn: false });
  await expect(updateView(maintainer, { viewId, isShared: false })).rejects.toThrow(Forbidden);
  await deleteView(maintainer, { viewId });
  expect(await names(a.ctx)).toEqual([]);
});

it("a name stands once among one's own, and once among the shared", async () => {
  await saveView(a.ctx, best);
  await expect(saveView(a.ctx, best)).rejects.toThrow(Conflict);
  const shared = await saveView(a.ctx, { ...best, isShared: true });
  const other = await a.as("member");
  await saveView(other, best);
  await expect(saveView(other, { ...best, isShared: true })).rejects.toThrow(Conflict);
  await expect(updateView(a.ctx, { viewId: shared.id, isShared: false })).rejects.toThrow(Conflict);
  expect(await names(other)).toEqual(["best", "best"]);
});

it("stays in its project and experiment, and refuses what is no name and no query", async () => {
  const view = await saveView(a.ctx, best);
  const b = await testProject();
  expect(await names(b.ctx)).toEqual([]);
  await expect(deleteView(b.ctx, { viewId: view.id })).rejects.toThrow(NotFound);
  await expect(listViews(a.ctx, { ...place, experimentNo: 77 })).rejects.toThrow(NotFound);
  for (const change of [{ name: "" }, { name: " best" }, { name: "x".repeat(81) }, { query: "a b" }, { query: "?q=a" }, { query: "q".repeat(16_001) }, { query: "a\u0000b" }])
    await expect(saveView(a.ctx, { ...best, ...change })).rejects.toThrow(Invalid);
});

it("each change is in the audit", async () => {
  const { id } = await saveView(a.ctx, best);
  await updateView(a.ctx, { viewId: id, name: "better" });
  await deleteView(a.ctx, { viewId: id });
  const { rows } = await listAudit(a.ctx, { subjectKind: "view" });
  expect(rows.map((row) => [row.action, row.subjectName])).toEqual([["experiments.deleteView", "better"], ["experiments.updateView", "better"], ["experiments.saveView", "best"]]);
});

it("of eight renamed at once to one name one gets it, and the rest hear that it is taken", async () => {
  const views = await Promise.all(Array.from({ length: 8 }, (_, n) => saveView(a.ctx, { ...best, name: `view ${n}` })));
  expect(await oneOfEight((n) => updateView(a.ctx, { viewId: views[n]?.id ?? "", name: "best" }))).toEqual(["There is a view of yours named “best” already."]);
  expect((await names(a.ctx)).filter((name) => name === "best")).toHaveLength(1);
});

it("no shared view is left out of the list: more than it holds are refused, saved or shared", async () => {
  const own = await saveView(a.ctx, best);
  await database().execute(sql`insert into saved_views (id, project_id, kind, experiment_id, name, query, is_shared, owner_id)
    select gen_random_uuid(), v.project_id, v.kind, v.experiment_id, 'shared ' || n, '', true, v.owner_id from saved_views v, generate_series(1, 400) n where v.id = ${own.id}`);
  const other = await a.as("member");
  expect(await listViews(other, place)).toHaveLength(400);
  await expect(saveView(other, { ...best, isShared: true })).rejects.toThrow("At most 400 shared views");
  await expect(updateView(a.ctx, { viewId: own.id, isShared: true })).rejects.toThrow("At most 400 shared views");
  await saveView(other, best);
  expect(await listViews(other, place)).toHaveLength(401);
});
