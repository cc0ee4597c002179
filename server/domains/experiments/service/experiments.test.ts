import { expect, it } from "vitest";
import { testProject } from "@/server/platform/testing/project";
import { createExperiment, listExperiments } from "./experiments";
import { createRun } from "./runs";

it("lists experiments by their last run, those without one last, over pages", async () => {
  const { ctx } = await testProject();
  const quiet = await createExperiment(ctx, { name: "quiet" });
  const old = await createExperiment(ctx, { name: "old" });
  const busy = await createExperiment(ctx, { name: "busy" });
  await createRun(ctx, { experimentNo: busy.no, startTime: 2_000 });
  await createRun(ctx, { experimentNo: old.no, startTime: 1_000 });
  const asked = { orderBy: ["last_run_time DESC"], filter: "name != 'Default'", limit: 2 };
  const first = await listExperiments(ctx, asked);
  const second = await listExperiments(ctx, { ...asked, pageToken: first.next });
  expect([...first.experiments, ...second.experiments].map((each) => each.no)).toEqual([busy.no, old.no, quiet.no]);
});
