import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { replays } from "@/drizzle/schema/monitoring";
import { database } from "@/server/platform/db";
import { Conflict, Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { controlReplay, getReplay, listReplays, reportReplayPosition, startReplay } from "./replays";

let a: TestProject;
const name = "flight-delay";
const may = (day: number) => new Date(Date.UTC(2001, 4, day)).toISOString();
const report = (day: number, state: "running" | "paused" | "finished" | "stopped" = "running") => reportReplayPosition(a.ctx, { name, clock: may(day), state, until: may(11), scored: day * 10, labelled: day });

beforeEach(async () => {
  a = await testProject();
});

describe("a replay", () => {
  it("is made by its job's first report, and knows how far it is", async () => {
    await expect(getReplay(a.ctx, { name })).rejects.toThrow(NotFound);
    await report(1);
    expect(await report(6)).toMatchObject({ name, model: name, state: "running", wanted: "run", hourSeconds: 3, progress: 0.5, scored: 60, labelled: 6, round: 1 });
    expect(await listReplays(a.ctx, {})).toHaveLength(1);
  });

  it("knows which job plays it, so that the job can be told to wait when it is over", async () => {
    const jobId = newId();
    const job = { ...a.ctx, actor: { ...a.ctx.actor, attempt: { jobId, number: 1 } } };
    expect((await report(1)).jobId).toBeNull();
    expect(await reportReplayPosition(job, { name, clock: may(11), state: "finished" })).toMatchObject({ jobId, state: "finished" });
    expect(await listReplays(a.ctx, {})).toMatchObject([{ name, jobId }]);
  });

  it("takes wishes, which the job reads", async () => {
    await report(1);
    expect(await controlReplay(a.ctx, { name, action: "pause" })).toMatchObject({ wanted: "pause", state: "running" });
    await report(1, "paused");
    expect(await controlReplay(a.ctx, { name, action: "resume" })).toMatchObject({ wanted: "run" });
    expect(await controlReplay(a.ctx, { name, action: "speed", hourSeconds: 0.5 })).toMatchObject({ hourSeconds: 0.5 });
    await expect(controlReplay(a.ctx, { name, action: "speed" })).rejects.toThrow(/hourSeconds/);
    await expect(controlReplay(a.ctx, { name, action: "restart" })).rejects.toThrow(/still runs/);
    await controlReplay(a.ctx, { name, action: "stop" });
    await report(2, "stopped");
    await expect(controlReplay(a.ctx, { name, action: "pause" })).rejects.toThrow(Conflict);
  });

  it("begins anew in another round once it is over", async () => {
    await report(1);
    await report(11, "finished");
    expect(await getReplay(a.ctx, { name })).toMatchObject({ state: "finished", progress: 1 });
    expect(await controlReplay(a.ctx, { name, action: "restart" })).toMatchObject({ state: "running", wanted: "run", clock: null, round: 2, scored: 0 });
  });

  it("says when its job is silent, and can then be stopped without it", async () => {
    await report(1);
    expect(await getReplay(a.ctx, { name })).toMatchObject({ silent: false });
    await database().update(replays).set({ updatedAt: sql`now() - interval '3 minutes'` }).where(eq(replays.projectId, a.project.id));
    expect(await getReplay(a.ctx, { name })).toMatchObject({ state: "running", silent: true });
    expect(await controlReplay(a.ctx, { name, action: "stop" })).toMatchObject({ state: "stopped", silent: false });
    expect(await controlReplay(a.ctx, { name, action: "restart" })).toMatchObject({ state: "running", round: 2 });
  });

  it("can be described before its job runs, by members", async () => {
    expect(await startReplay(a.ctx, { name, model: "delay", from: may(1), until: may(11), hourSeconds: 10 })).toMatchObject({ model: "delay", hourSeconds: 10, clock: null, progress: null });
    expect(await report(2)).toMatchObject({ model: "delay", hourSeconds: 10, progress: 0.1 });
    await expect(startReplay(await a.as("viewer"), { name, model: "delay" })).rejects.toThrow(Forbidden);
    await expect(controlReplay(await a.as("viewer"), { name, action: "pause" })).rejects.toThrow(Forbidden);
    await expect(startReplay(a.ctx, { name, model: "delay", hourSeconds: -1 })).rejects.toThrow(Invalid);
  });
});
