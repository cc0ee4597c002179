import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, test } from "vitest";
import { database } from "@/server/platform/db";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { clearQueue, testAgent } from "../testing/test-agents";
import { forecastStart } from "./forecast-start";
import { getJob } from "./read-jobs";
import { submitJob } from "./submit-job";

let a: TestProject;

beforeEach(async () => {
  await clearQueue();
  a = await testProject();
});

describe("forecastStart", () => {
  it("says that nothing could run it where no agent is", async () => {
    const forecast = await forecastStart(a.ctx, {});
    expect(forecast).toEqual({ reason: "No agent is registered. Add one on the Compute page.", position: 1, estimate: null, unestimated: "nowhere", runs: null });
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
    const forecast = await forecastStart(a.ctx, { resources: { gpus: 1 } });
    expect(forecast).toMatchObject({ reason: expect.stringContaining("It asks for 1 GPU, more than"), unestimated: "nowhere" });
  });

  it("learns run times from the same recipe, and says nothing where too few ran", async () => {
    await testAgent();
    const ran = async (seconds: number, recipe: string, state = "succeeded") => {
      const { jobId } = await submitJob(a.ctx, { name: `${recipe} ${seconds}`, command: ["python", `${recipe}.py`, "--seed", String(seconds)], labels: { recipe } });
      await database().execute(sql`update compute_jobs set state = ${state}, started_at = now() - make_interval(secs => ${seconds}), finished_at = now() where id = ${jobId}`);
    };
    for (const seconds of [100, 110]) await ran(seconds, "train");
    for (const seconds of [3, 4, 5]) await ran(seconds, "score");
    await ran(1, "train", "cancelled");
    expect((await forecastStart(a.ctx, { recipe: "train" })).runs).toBeNull();
    await ran(120, "train");
    expect((await forecastStart(a.ctx, { recipe: "train" })).runs).toMatchObject({ expected: 110, likeness: "recipe", basedOnRuns: 3 });
    expect((await forecastStart((await testProject()).ctx, { recipe: "train" })).runs).toBeNull();
  });

  async function ranOften(count: number, command: readonly string[], seconds: number, labels: Record<string, string> = {}) {
    const { jobId } = await submitJob(a.ctx, { name: "ran", command: [...command], labels });
    await database().execute(sql`
      insert into compute_jobs (id, project_id, name, spec, state, priority, cpus, memory_bytes, gpus, needs_python, labels, submitted_by, started_at, finished_at)
      select gen_random_uuid(), project_id, name, spec, 'succeeded', priority, cpus, memory_bytes, gpus, needs_python, labels, submitted_by,
        now() - make_interval(secs => ${seconds}), now() from compute_jobs, generate_series(1, ${count}) where id = ${jobId}`);
    await database().execute(sql`update compute_jobs set state = 'cancelled', finished_at = now() where id = ${jobId}`);
  }

  it("learns from those like it however many others ran since", async () => {
    await testAgent();
    await ranOften(50, ["python", "train.py"], 100);
    await ranOften(600, ["python", "score.py"], 3);
    const { jobId } = await submitJob(a.ctx, { name: "next", command: ["python", "train.py"] });
    expect((await getJob(a.ctx, { jobId })).pending?.runs).toMatchObject({ expected: 100, likeness: "command", basedOnRuns: 20 });
  });

  test.each([
    [["python", "train.py"], ["python", "train.py", "--seed", "2"], "script"],
    [["python", "-m", "trainer"], ["python", "-m", "trainer", "--seed", "2"], "script"],
    [["python", "-m", "trainer"], ["python", "-m", "other"], undefined],
    [["./train"], ["./train", "--seed", "2"], undefined],
    [["./train"], ["./train"], "command"],
    [["sh", "-c", "train 1"], ["sh", "-c", "train 2"], undefined],
  ])("after %j, %j is like it by its %s", async (ran, next, likeness) => {
    await testAgent();
    await ranOften(3, ran, 100);
    const { jobId } = await submitJob(a.ctx, { name: "next", command: next });
    expect((await getJob(a.ctx, { jobId })).pending?.runs?.likeness).toBe(likeness);
  });

  it("estimates a start behind jobs whose like are known, and none behind one that is like nothing", async () => {
    const agent = await testAgent();
    const everything = { cpus: 4 };
    const command = ["python", "train.py"];
    const { jobId } = await submitJob(a.ctx, { name: "before", command });
    await database().execute(sql`update compute_jobs set state = 'succeeded', started_at = now() - interval '60 s', finished_at = now() where id = ${jobId}`);
    await submitJob(a.ctx, { name: "running", command, resources: everything });
    await agent.claim();
    const { estimate: known, unestimated } = await forecastStart(a.ctx, { resources: everything });
    expect(unestimated).toBeNull();
    expect(Math.round(((known?.expected.getTime() ?? 0) - Date.now()) / 1_000)).toBeGreaterThan(50);
    await submitJob(a.ctx, { name: "new", command: ["new"], resources: everything });
    expect(await forecastStart(a.ctx, { resources: everything })).toMatchObject({ estimate: null, unestimated: "unlike" });
    await database().execute(sql`update compute_agents set cordoned_at = now() where id = ${agent.id}`);
    expect(await forecastStart(a.ctx, { resources: everything })).toMatchObject({ estimate: null, unestimated: "nowhere" });
  });
});
