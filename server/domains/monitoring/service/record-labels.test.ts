/** Labels on a real PostgreSQL: each is counted as what it was, in whatever order it and its prediction come. */
import { beforeEach, describe, expect, it } from "vitest";
import { makeModel } from "@/server/domains/models/serving/testing/serve-fixture";
import { database } from "@/server/platform/db";
import { Forbidden, Invalid, NotFound } from "@/server/platform/errors";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { dayMs } from "../contract/definition";
import { logLossOf } from "../rules/sums";
import { readLabelDays, readTally } from "../store/labels";
import { daysOf, logStream, streamFrom } from "../testing/watched-model";
import { joinLabels, recordLabels } from "./record-labels";

let a: TestProject;
let modelId = "";
const rows = daysOf(streamFrom, 2, 21, { rowsADay: 30 });
const at = new Date(streamFrom + dayMs).toISOString();
const label = (id: string, value: 0 | 1 = 1, knownAt = at) => ({ predictionId: id, label: value, knownAt });
const record = (...labels: ReturnType<typeof label>[]) => recordLabels(a.ctx, { model: "delay", labels });
const tally = () => readTally(database(), modelId);
const days = () => readLabelDays(database(), modelId, new Date(streamFrom), new Date(streamFrom + 2 * dayMs));

beforeEach(async () => {
  a = await testProject();
  modelId = await makeModel(a.ctx, "delay");
});

describe("recordLabels", () => {
  it("joins labels with predictions, and sums them by the day of the prediction", async () => {
    await logStream(a.ctx, modelId, rows, "p");
    expect(await record(...rows.map((row, i) => label(`p-${i}`, row.label)))).toMatchObject({ received: 60, accepted: 60, unknown: 0, duplicates: 0, conflicting: 0 });
    await joinLabels();
    const sums = await days();
    expect(sums.map((day) => day.labels)).toEqual([30, 30]);
    const first = rows.slice(0, 30);
    expect(sums[0]?.positives).toBe(first.filter((row) => row.label === 1).length);
    expect(sums[0]?.logLossSum).toBeCloseTo(first.reduce((sum, row) => sum + logLossOf(row.label, row.score), 0), 9);
    expect(sums[0]?.scoreSum).toBeCloseTo(first.reduce((sum, row) => sum + row.score, 0), 9);
    expect(await tally()).toMatchObject({ received: 60, joined: 60, waiting: 0, watermark: new Date(at) });
  });

  it("counts repetitions and contradictions, within a call and between calls, and keeps what came first", async () => {
    await logStream(a.ctx, modelId, rows, "p");
    expect(await record(label("p-0", 1), label("p-0", 1), label("p-0", 0), label("p-1", 0))).toMatchObject({ accepted: 2, duplicates: 1, conflicting: 1, conflicts: ["p-0"] });
    await joinLabels();
    expect(await record(label("p-0", 1), label("p-1", 1), label("p-2", 1))).toMatchObject({ accepted: 1, duplicates: 1, conflicting: 1, conflicts: ["p-1"] });
    await joinLabels();
    await joinLabels();
    expect(await tally()).toMatchObject({ received: 7, joined: 3, duplicates: 2, conflicting: 2, waiting: 0 });
    expect((await days()).reduce((sum, day) => sum + day.labels, 0)).toBe(3);
  });

  it("keeps a label whose prediction is unknown, and joins it when the prediction comes", async () => {
    expect(await record(label("p-0"), label("q-0"))).toMatchObject({ accepted: 2, unknown: 2 });
    await joinLabels();
    expect(await tally()).toMatchObject({ joined: 0, waiting: 2 });
    await logStream(a.ctx, modelId, rows, "p");
    await joinLabels();
    expect(await tally()).toMatchObject({ joined: 1, waiting: 1 });
    await logStream(a.ctx, modelId, rows, "q");
    await joinLabels();
    expect(await tally()).toMatchObject({ joined: 2, waiting: 0 });
    expect((await days())[0]?.labels).toBe(2);
  });

  it("loses none when labels and predictions come at once", async () => {
    const sends = Array.from({ length: 6 }, (_, k) => k).flatMap((k) => [
      logStream(a.ctx, modelId, rows, `s${k}`), recordLabels(a.ctx, { model: "delay", labels: rows.map((row, i) => label(`s${k}-${i}`, row.label)) }), joinLabels(),
    ]);
    await Promise.all(sends);
    await joinLabels();
    expect(await tally()).toMatchObject({ received: 360, joined: 360, waiting: 0 });
    expect((await days()).reduce((sum, day) => sum + day.labels, 0)).toBe(360);
  });

  it("refuses what is no label, naming the field, and takes nothing of the call", async () => {
    const bad = (over: object) => recordLabels(a.ctx, { model: "delay", labels: [label("p-0"), { ...label("p-1"), ...over }] });
    await expect(bad({ label: 2 })).rejects.toThrow(/labels\.1\.label/);
    await expect(bad({ predictionId: "" })).rejects.toThrow(/labels\.1\.predictionId/);
    await expect(bad({ predictionId: "x\u0000" })).rejects.toThrow(Invalid);
    await expect(bad({ knownAt: "yesterday" })).rejects.toThrow(/labels\.1\.knownAt/);
    await expect(bad({ knownAt: new Date(Date.now() + 2 * dayMs).toISOString() })).rejects.toThrow(/lies in the future/);
    await expect(recordLabels(a.ctx, { model: "delay", labels: new Array(10_001).fill(label("p-0")) })).rejects.toThrow(/labels/);
    await expect(recordLabels(a.ctx, { model: "nobody", labels: [label("p-0")] })).rejects.toThrow(NotFound);
    await expect(recordLabels(await a.as("viewer"), { model: "delay", labels: [label("p-0")] })).rejects.toThrow(Forbidden);
    expect(await tally()).toMatchObject({ received: 0 });
  });
});
