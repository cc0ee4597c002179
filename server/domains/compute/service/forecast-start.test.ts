import { beforeEach, describe, expect, it } from "vitest";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { clearQueue, testAgent } from "../testing/test-agents";
import { forecastStart } from "./forecast-start";
import { submitJob } from "./submit-job";

let a: TestProject;

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
});

describe("forecastStart", () => {
  it("says that nothing could run it where no agent is", async () => {
    const forecast = await forecastStart(a.ctx, {});
    expect(forecast).toEqual({ reason: "No agent is registered. Add one on the Compute page.", position: 1, estimate: null });
  });

  it("starts now on a free agent, and behind those that wait with its priority or more", async () => {
    await testAgent();
    expect((await forecastStart(a.ctx, {})).reason).toMatch(/^It starts now on agent-/);
    await submitJob(a.ctx, { name: "first", command: ["true"] });
    await submitJob(a.ctx, { name: "less", command: ["true"], priority: -1 });
    expect((await forecastStart(a.ctx, {})).position).toBe(2);
  });

  it("names what no agent has", async () => {
    await testAgent();
    expect((await forecastStart(a.ctx, { resources: { gpus: 1 } })).reason).toContain("It asks for 1 GPU, more than");
  });
});
