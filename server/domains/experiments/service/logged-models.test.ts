/** Logged models: found by their names however old, and paged without losing one. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/server/platform/db";
import { testProject } from "@/server/platform/testing/project";
import { createExperiment } from "./experiments";
import { createLoggedModel, finalizeLoggedModel, listModelChoices, searchLoggedModels } from "./logged-models";
import { createRun } from "./runs";

async function fresh(names: readonly string[]) {
  const { ctx } = await testProject("member");
  const { no } = await createExperiment(ctx, { name: "late flights" });
  const run = await createRun(ctx, { experimentNo: no, name: "gbdt_deep" });
  const ids: string[] = [];
  for (const name of names) {
    const { id } = await createLoggedModel(ctx, { experimentNo: no, name, sourceRunId: name.startsWith("run-") ? run.id : null });
    await finalizeLoggedModel(ctx, { modelId: id, status: "LOGGED_MODEL_READY" });
    ids.push(id);
  }
  return { ctx, no, ids };
}

describe("listModelChoices", () => {
  it("finds a model that is older than the list is long, by words of model, run, experiment or id", async () => {
    const { ctx, ids } = await fresh(["oldest", "run-model", "a", "b", "c"]);
    const namesOf = async (asked: object) => (await listModelChoices(ctx, { limit: 2, ...asked })).models.map((model) => model.name);
    expect(await listModelChoices(ctx, { limit: 2 })).toMatchObject({ models: [{ name: "c", experimentName: "late flights" }, { name: "b" }], isCut: true });
    expect(await namesOf({ find: "old EST" })).toEqual(["oldest"]);
    expect(await namesOf({ find: "gbdt_deep late" })).toEqual(["run-model"]);
    expect(await namesOf({ find: ids[0]?.slice(0, 12) })).toEqual(["oldest"]);
    expect(await namesOf({ find: "gbdt%deep" })).toEqual([]);
    expect(await namesOf({ also: ids[0] })).toEqual(["c", "oldest"]);
  });

  it("offers no model whose files are not there, and none of another project", async () => {
    const { ctx, no } = await fresh(["ready"]);
    await createLoggedModel(ctx, { experimentNo: no, name: "pending" });
    expect((await listModelChoices(ctx, {})).models.map((model) => model.name)).toEqual(["ready"]);
    expect(await listModelChoices((await testProject("member")).ctx, {})).toEqual({ models: [], isCut: false });
  });
});

describe("searchLoggedModels", () => {
  it("gives each model once, also those made within one millisecond", async () => {
    const { ctx, no, ids } = await fresh(["1", "2", "3", "4", "5"]);
    await database().execute(sql`update logged_models set created_at = '2026-01-01T00:00:00.0004Z' where id = any(${sql.param(ids)}::text[])`);
    const seen: string[] = [];
    let pageToken: string | null = null;
    do {
      const page: { models: { id: string }[]; next: string | null } = await searchLoggedModels(ctx, { experimentNos: [no], limit: 2, pageToken });
      seen.push(...page.models.map((model) => model.id));
      pageToken = page.next;
    } while (pageToken);
    expect(seen.sort()).toEqual([...ids].sort());
    await expect(searchLoggedModels(ctx, { experimentNos: [no], pageToken: "12345" })).rejects.toMatchObject({ code: "Invalid" });
  });
});
