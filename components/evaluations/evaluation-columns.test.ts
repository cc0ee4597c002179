import { expect, it } from "vitest";
import { widthOf } from "@/components/data-table/use-column-widths";
import { type EvaluationRow, evaluationColumns } from "./evaluation-columns";

/** Of a window of 1440, less the navigation, the page's edges, the table's own and the box that selects a row. */
const room = 1_440 - 264 - 2 - 36;

it("fits a window of 1440 with the longest of names", () => {
  const long = "a-model-with-a-name-that-goes-on-and-on-for-very-long";
  const row: EvaluationRow = {
    id: "e", createdAt: new Date(), made: null, asked: null,
    suite: { id: "s", name: long, version: 12 }, model: { id: "m", name: long, runId: null }, dataset: { id: "d", name: long, version: 12 },
  };
  const width = evaluationColumns.filter((column) => !column.optional).reduce((sum, column) => sum + widthOf(column, [row]), 0);
  expect(width).toBeLessThanOrEqual(room);
});
