import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { testProject } from "@/server/platform/testing/project";
import { launchRun } from "./launch/launch-run";
import { getRecipe, registerRecipe } from "./recipes";
import { getRun } from "./runs";

it("keeps the author's order of parameters, in the form and in the command", async () => {
  const { ctx } = await testProject();
  const { sha256 } = await storeBlob(ctx, Readable.from([Buffer.from("code")]), {});
  const names = ["zeta", "mu", "steps", "b"];
  const properties = Object.fromEntries(names.map((name) => [name, { type: "integer", default: 1 } as const]));
  const definition = { kind: "recipe", name: "ordered", experiment: "orders", command: ["run"], parameters: { type: "object", properties } } as const;
  await registerRecipe(ctx, { definition: { ...definition, command: ["run"] }, codeSha256: sha256 });
  const recipe = await getRecipe(ctx, { name: "ordered" });
  expect(Object.keys(recipe.definition.parameters.properties)).toEqual(names);
  expect(recipe.definition).not.toHaveProperty("keyOrder");
  const { runId } = await launchRun(ctx, { recipe: "ordered", parameters: { steps: 7 } });
  const { launch } = await getRun(ctx, { runId });
  expect(launch?.command).toEqual(["run", "--zeta", "1", "--mu", "1", "--steps", "7", "--b", "1"]);
});
