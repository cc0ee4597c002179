import { expect, it } from "vitest";
import type { InstanceContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { testProject } from "@/server/platform/testing/project";
import { createExperiment } from "./experiments";
import { locateRun } from "./locate-run";
import { createRun } from "./runs";

it("tells the project of a run to those who can see it, and to nobody else that there is one", async () => {
  const own = await testProject();
  const other = await testProject();
  const { no } = await createExperiment(own.ctx, { name: "printed" });
  const { id: runId } = await createRun(own.ctx, { experimentNo: no });
  const as = (actor: InstanceContext["actor"]) => locateRun({ actor, requestId: newId() }, { runId });
  expect(await as((await own.as("viewer")).actor)).toEqual({ project: own.project.slug });
  expect(await as({ ...other.ctx.actor, isAdmin: true })).toEqual({ project: own.project.slug });
  expect(await as(other.ctx.actor)).toEqual({ project: null });
  expect(await locateRun({ actor: own.ctx.actor, requestId: newId() }, { runId: newId() })).toEqual({ project: null });
});
