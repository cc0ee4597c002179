import { expect, test } from "vitest";
import { groupChoices, groupRuns, hasRepeats, isSeedLike } from "./group-runs";

const run = (id: string) => ({ id, name: id, experimentNo: 0, experimentName: "", status: "FINISHED" as const, lifecycleStage: "active" as const, startTime: 0, endTime: 0 });
const comparison = {
  runs: ["a", "b", "c", "d", "e"].map(run),
  params: [{ key: "lr", values: ["0.1", "0.01", "0.1", "0.01", null] }, { key: "seed", values: ["1", "1", "2", "2", "1"] }, { key: "depth", values: ["3", "3", "3", "3", "3"] }],
  tags: [{ key: "team", values: ["x", "y", "x", "y", "x"] }, { key: "note", values: ["1", "2", "3", "4", "5"] }],
};

test.each([["seed", true], ["model.seed", true], ["random_state", true], ["numpy_seed", true], ["fold_id", true], ["seeded", false], ["lr", false], ["unfold", false]])("%s is seed-like: %s", (key, wanted) => expect(isSeedLike(key)).toBe(wanted));

test("repeats have the same params but for a seed, and are named by what differs between them", () => {
  expect(groupRuns(comparison, "repeats")).toEqual([{ name: "lr 0.01", places: [1, 3] }, { name: "lr 0.1", places: [0, 2] }, { name: "lr not set", places: [4] }]);
  expect(hasRepeats(comparison)).toBe(true);
  expect(hasRepeats({ ...comparison, params: comparison.params.slice(0, 1) })).toBe(false);
});

test("runs of which no param is known repeat nothing", () => {
  const bare = { ...comparison, params: comparison.params.map(({ key, values }) => ({ key, values: values.map((value, place) => (place < 3 ? value : null)) })) };
  expect(groupRuns(bare, "repeats")?.map(({ places }) => places)).toEqual([[1], [0, 2], [3], [4]]);
});

test("groups by a param or a tag; of a field that no run has, none", () => {
  expect(groupRuns(comparison, "tags.team")).toEqual([{ name: "team x", places: [0, 2, 4] }, { name: "team y", places: [1, 3] }]);
  expect(groupRuns(comparison, "params.none")).toBe(null);
  expect(groupRuns(comparison, null)).toBe(null);
});

test("offers what makes groups: not what is the same for all, nor what is each run's own", () => {
  expect(groupChoices(comparison).map(({ value }) => value)).toEqual(["params.lr", "params.seed", "tags.team"]);
});
