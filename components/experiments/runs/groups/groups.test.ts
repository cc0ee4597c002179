import { expect, it, test } from "vitest";
import type { RunView } from "@/server/domains/experiments/contract/run";
import { parseFilter } from "@/server/domains/experiments/rules/filter";
import { groupCondition, groupFieldOf, groupSortOf, joinFilters } from "./group-field";
import { groupId, groupRows } from "./group-rows";

test.each([
  ["params.model", { scope: "param", key: "model" }],
  ["tags.mlflow.parentRunId", { scope: "tag", key: "mlflow.parentRunId" }],
  ["metrics.auc", null],
  ["params.", null],
  [null, null],
])("%s groups by %j", (text, field) => expect(groupFieldOf(text)).toEqual(field));

test.each(['plain', 'with "quotes" and \\', "it's", "two\nlines", ""])("a group is a condition of the filter: %j", (value) => {
  const [condition] = parseFilter(groupCondition({ scope: "param", key: "a b/c" }, value));
  expect(condition).toMatchObject({ scope: "param", key: "a b/c", comparator: "=", values: [value] });
});

it("the runs without it are a group too", () => {
  const [first, second] = parseFilter(joinFilters("metrics.auc > 1", " ", groupCondition({ scope: "tag", key: "sweep" }, null)));
  expect([first?.key, second]).toEqual(["auc", expect.objectContaining({ scope: "tag", key: "sweep", comparator: "IS NULL" })]);
});

test.each([
  [{ key: "metrics.auc", desc: true }, { by: "metric", key: "auc", descending: true }],
  [{ key: "max(metrics.auc)", desc: false }, { by: "metric", key: "auc", descending: false }],
  [{ key: "name", desc: false }, { by: "value", descending: false }],
  [{ key: "runs", desc: true }, { by: "runs", descending: true }],
  [{ key: "params.lr", desc: false }, { by: "started", descending: true }],
  [null, { by: "started", descending: true }],
])("the order %j of a column is the groups' %j", (sort, wanted) => expect(groupSortOf(sort)).toEqual(wanted));

it("open groups show their runs, what is still to come, and what is not shown", () => {
  const groups = [{ value: "a", label: null, runs: 2, startedLast: 1, stats: [] }, { value: null, label: null, runs: 3, startedLast: 1, stats: [] }, { value: "c", label: null, runs: 1, startedLast: 1, stats: [] }];
  const run = (id: string) => ({ id }) as RunView;
  const rows = groupRows(groups, new Set([groupId("a"), groupId(null), groupId("c")]), new Map([[groupId("a"), [run("1"), run("2")]], [groupId(null), [run("3")]]]));
  expect(rows.map((row) => (row.kind === "rest" ? ["rest", row.left] : [row.kind, row.id]))).toEqual([
    ["group", "is a"], ["run", "1"], ["run", "2"], ["group", "none"], ["run", "3"], ["rest", 2], ["group", "is c"], ["rest", null],
  ]);
});
