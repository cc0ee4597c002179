import { describe, expect, it } from "vitest";
import type { MetricSummary } from "../../contract/run";
import { summarizePoints } from "../summarize";
import { checkpointsOf } from "./checkpoints";
import { metricChanges, pairChanges } from "./differences";

const file = (path: string, minute: number, size = 10) => ({ path, size, at: new Date(Date.UTC(2026, 0, 1, 0, minute)) });

describe("checkpoints of a run", () => {
  it("are what lies right below checkpoints/, newest first; files together may be one, too", () => {
    const found = checkpointsOf([file("checkpoints/epoch_1/model.pt", 1), file("checkpoints/epoch_1/optim.pt", 2), file("checkpoints/epoch_2/model.pt", 3), file("plots/a.png", 9)]);
    expect(found).toEqual([
      { path: "checkpoints/epoch_2", isFolder: true, files: 1, bytes: 10, at: file("", 3).at },
      { path: "checkpoints/epoch_1", isFolder: true, files: 2, bytes: 20, at: file("", 2).at },
    ]);
    expect(checkpointsOf([file("checkpoints/model.pt", 1), file("checkpoints/optim.pt", 2)]).map(({ path, files }) => [path, files])).toEqual([["checkpoints/optim.pt", 1], ["checkpoints/model.pt", 1], ["checkpoints", 2]]);
  });

  it("are found as Lightning and Transformers put them", () => {
    expect(checkpointsOf([file("model/checkpoints/last/last.ckpt", 1), file("checkpoint-500/weights.bin", 2), file("my-checkpoint-9/x", 3), file("checkpoints", 4)]).map(({ path }) => path)).toEqual(["checkpoint-500", "model/checkpoints/last"]);
  });
});

const summaries = (values: Record<string, number[]>): MetricSummary[] => summarizePoints(Object.entries(values).flatMap(([key, all]) => all.map((value, step) => ({ key, value, step, timestamp: 0 }))));

describe("differences of a repeat", () => {
  it("give the largest first, with zero, NaN and what one lacks, and say what is identical to the last bit", () => {
    const before = summaries({ loss: [1, 0.5], auc: [0.8], same: [0.1, 0.2], nan: [Number.NaN], zero: [0], old: [1], "system/cpu": [3] });
    const after = summaries({ loss: [1, 0.4], auc: [0.8000000000000002], same: [0.1, 0.2], nan: [Number.NaN], zero: [1], new: [2], "system/cpu": [9] });
    const changes = metricChanges(before, after);
    expect(changes.map(({ key, isIdentical }) => [key, isIdentical])).toEqual([["new", false], ["old", false], ["zero", false], ["loss", false], ["auc", false], ["nan", true], ["same", true]]);
    expect(changes.find(({ key }) => key === "loss")).toMatchObject({ before: 0.5, after: 0.4, difference: expect.closeTo(-0.1, 10), relative: expect.closeTo(-0.2, 10) });
    expect(changes.find(({ key }) => key === "zero")?.relative).toBeNull();
  });

  it("a curve that ended the same but went another way is not identical", () => {
    expect(metricChanges(summaries({ a: [1, 2] }), summaries({ a: [3, 2] }))[0]?.isIdentical).toBe(false);
  });

  it("of parameters are those that differ", () => {
    expect(pairChanges([{ key: "lr", value: "1" }, { key: "x", value: "1" }], [{ key: "lr", value: "2" }, { key: "x", value: "1" }, { key: "y", value: "3" }])).toEqual([{ label: "lr", before: "1", after: "2" }, { label: "y", before: null, after: "3" }]);
  });
});
