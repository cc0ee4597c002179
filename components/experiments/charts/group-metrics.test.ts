import { expect, test } from "vitest";
import { groupMetrics } from "./group-metrics";

const run = (counts: Record<string, number>) => ({ counts: new Map(Object.entries(counts)) });

test("sections by prefix, in the order of interest, with single values apart", () => {
  const grouped = groupMetrics([run({ auc: 5, "train/loss": 9, "val/loss": 4, "layers/10/w": 3, "layers/2/w": 3, final: 1 }), run({ "val/auc": 2 })], "");
  expect(grouped.sections).toEqual([
    { name: "", keys: ["auc"] },
    { name: "val", keys: ["val/auc", "val/loss"] },
    { name: "train", keys: ["train/loss"] },
    { name: "layers", keys: ["layers/2/w", "layers/10/w"] },
  ]);
  expect(grouped).toMatchObject({ single: ["final"], shown: 7, all: 7 });
});

test("a metric is a curve as soon as one run has two points of it", () => {
  expect(groupMetrics([run({ a: 1 }), run({ a: 2 })], "").single).toEqual([]);
});

test("finds by any part, in any case", () => {
  expect(groupMetrics([run({ "train/Loss": 2, auc: 2 })], " loss ")).toMatchObject({ shown: 1, all: 2, sections: [{ name: "train" }] });
});
