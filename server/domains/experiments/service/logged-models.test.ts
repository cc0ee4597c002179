/** What a logged model says of itself: parameters that never change, tags that may. */
import { describe, expect, it } from "vitest";
import { testProject } from "@/server/platform/testing/project";
import { createLoggedModel, deleteLoggedModelTag, getLoggedModel, logLoggedModelParams, setLoggedModelTags } from "./logged-models";

async function fresh() {
  const { ctx } = await testProject("member");
  const model = await createLoggedModel(ctx, { experimentNo: 0, name: "m" });
  return { ctx, modelId: model.id };
}

describe("a logged model's parameters", () => {
  it("are set once, whoever comes at the same time", async () => {
    const { ctx, modelId } = await fresh();
    const values = Array.from({ length: 8 }, (_, index) => String(index));
    const told = await Promise.allSettled(values.map((value) => logLoggedModelParams(ctx, { modelId, params: [{ key: "depth", value }] })));
    const taken = values.filter((_, index) => told[index]?.status === "fulfilled");
    expect(taken).toHaveLength(1);
    expect((await getLoggedModel(ctx, { modelId })).params).toEqual({ depth: taken[0] });
  });

  it("may have any name, also one that every object of JavaScript knows", async () => {
    const { ctx, modelId } = await fresh();
    await logLoggedModelParams(ctx, { modelId, params: [{ key: "constructor", value: "a" }, { key: "toString", value: "b" }] });
    expect((await getLoggedModel(ctx, { modelId })).params).toEqual({ constructor: "a", toString: "b" });
  });
});

it("a tag that was never set is not found, whatever its name", async () => {
  const { ctx, modelId } = await fresh();
  await setLoggedModelTags(ctx, { modelId, tags: [{ key: "stage", value: "dev" }] });
  await expect(deleteLoggedModelTag(ctx, { modelId, key: "constructor" })).rejects.toThrow("No tag with key 'constructor'");
  await deleteLoggedModelTag(ctx, { modelId, key: "stage" });
  expect((await getLoggedModel(ctx, { modelId })).tags).toEqual({});
});
