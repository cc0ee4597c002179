import { expect, test } from "vitest";
import { groupMetrics } from "./group-metrics";

const of = (counts: Record<string, number>) => Object.entries(counts).map(([key, points]) => ({ key, points, total: points }));

test("sections by prefix, in the order of interest, with single values apart", () => {
  const grouped = groupMetrics(of({ auc: 5, "train/loss": 9, "val/loss": 4, "layers/10/w": 3, "layers/2/w": 3, final: 1, "val/auc": 2 }), "");
  expect(grouped.sections.map(({ name, metrics }) => [name, metrics.map(({ key }) => key)])).toEqual([
    ["", ["auc"]],
    ["val", ["val/auc", "val/loss"]],
    ["train", ["train/loss"]],
    ["layers", ["layers/2/w", "layers/10/w"]],
  ]);
  expect(grouped).toMatchObject({ single: ["final"], shown: 7, all: 7 });
});

test("finds by any part, in any case", () => {
  expect(groupMetrics(of({ "train/Loss": 2, auc: 2 }), " loss ")).toMatchObject({ shown: 1, all: 2, sections: [{ name: "train" }] });
});
