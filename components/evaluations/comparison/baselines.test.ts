import { expect, it } from "vitest";
import { baselineOptions } from "./baselines";

const evaluation = (id: string, model: string, dataset: string) => ({ id, model: { id: `m-${model}`, name: model, runId: null }, dataset: { id: `d-${dataset}`, name: dataset, version: 1 } });
const own = evaluation("own", "ada", "flights");

it("takes the champion on the same dataset first, then the newest there; other datasets come last and are marked", () => {
  const others = [evaluation("leaky", "gbdt-leaky", "leaky"), evaluation("newest", "gbdt", "flights"), evaluation("champion", "best", "flights"), evaluation("elsewhere", "best", "leaky"), own];
  expect(baselineOptions(own, others, new Set(["m-best"]))).toEqual([
    { value: "champion", label: "best (champion) on flights v1", group: "On the same dataset" },
    { value: "newest", label: "gbdt on flights v1", group: "On the same dataset" },
    { value: "elsewhere", label: "best (champion) on leaky v1", group: "On another dataset" },
    { value: "leaky", label: "gbdt-leaky on leaky v1", group: "On another dataset" },
  ]);
  expect(baselineOptions(own, others, new Set())[0]?.value).toBe("newest");
});
