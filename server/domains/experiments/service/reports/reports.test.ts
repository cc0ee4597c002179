import { expect, it } from "vitest";
import { listAudit } from "@/server/platform/audit/service";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { testProject } from "@/server/platform/testing/project";
import { createReport, deleteReport, getReport, listReports, updateReport } from "./reports";

const blocks = [{ kind: "text", markdown: "# What we saw" }, { kind: "comparison", title: "Rates", query: "runs=a,b&part=curves&zoom=1..2" }] as const;

it("is read by everybody in the project, and changed by its maker and by maintainers", async () => {
  const a = await testProject("member");
  const { id: reportId } = await createReport(a.ctx, { name: "Rates", blocks: [...blocks] });
  const [viewer, other, maintainer] = [await a.as("viewer"), await a.as("member"), await a.as("maintainer")];
  expect(await getReport(viewer, { reportId })).toMatchObject({ name: "Rates", blocks, revision: 1, mayChange: false, ownerName: a.ctx.actor.name });
  expect((await listReports(viewer, {})).map(({ name, blocks: count }) => [name, Number(count)])).toEqual([["Rates", 2]]);
  await expect(createReport(viewer, { name: "x" })).rejects.toThrow(Forbidden);
  await expect(updateReport(other, { reportId, revision: 1, name: "mine" })).rejects.toThrow(Forbidden);
  await expect(deleteReport(other, { reportId })).rejects.toThrow(Forbidden);
  expect(await updateReport(maintainer, { reportId, revision: 1, name: "The rates" })).toMatchObject({ name: "The rates", revision: 2, blocks });
  const { rows } = await listAudit(a.ctx, { subjectKind: "report" });
  expect(rows.map(({ action, subjectName }) => [action, subjectName])).toEqual([["experiments.updateReport", "The rates"], ["experiments.createReport", "Rates"]]);
});

it("may be a script's, with the name of its token; a maintainer changes it, and no script of another name", async () => {
  const a = await testProject("member");
  const script = { ...a.ctx, actor: { ...a.ctx.actor, userId: null, name: "pipeline" } };
  const { id: reportId, ownerName } = await createReport(script, { name: "By a script" });
  expect(ownerName).toBe("pipeline");
  expect((await listReports(a.ctx, {}))[0]).toMatchObject({ ownerName: "pipeline" });
  await expect(updateReport(script, { reportId, revision: 1, name: "x" })).rejects.toThrow(Forbidden);
  expect(await updateReport(await a.as("maintainer"), { reportId, revision: 1, name: "Kept" })).toMatchObject({ name: "Kept", ownerName: "pipeline" });
});

it("a change over another's is refused, and keeps the other's", async () => {
  const { ctx } = await testProject("member");
  const { id: reportId } = await createReport(ctx, { name: "r" });
  await updateReport(ctx, { reportId, revision: 1, blocks: [blocks[0]] });
  await expect(updateReport(ctx, { reportId, revision: 1, blocks: [] })).rejects.toThrow(Conflict);
  expect((await getReport(ctx, { reportId })).blocks).toEqual([blocks[0]]);
});

it("stays in its project, and refuses what is no block", async () => {
  const { ctx } = await testProject("member");
  const { id: reportId } = await createReport(ctx, { name: "r" });
  const other = await testProject("member");
  await expect(getReport(other.ctx, { reportId })).rejects.toThrow(NotFound);
  await expect(deleteReport(other.ctx, { reportId })).rejects.toThrow(NotFound);
  for (const block of [{ kind: "comparison", title: "", query: "a b" }, { kind: "comparison", title: "", query: `a=${"x".repeat(16_000)}` }, { kind: "text", markdown: "x".repeat(20_001) }] as const)
    await expect(createReport(ctx, { name: "r", blocks: [block] })).rejects.toThrow(Invalid);
  await expect(createReport(ctx, { name: " r" })).rejects.toThrow(Invalid);
  await deleteReport(ctx, { reportId });
  expect(await listReports(ctx, {})).toEqual([]);
});
