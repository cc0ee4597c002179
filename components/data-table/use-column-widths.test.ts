import { expect, test } from "vitest";
import { widthOf } from "./use-column-widths";

const column = (change: object) => ({ key: "name", header: "Feature", cell: () => null, value: (row: string) => row, ...change });
const names = ["destination_count_1h", "leaky_destination_mean_delay_24h"];

test.each([
  ["takes what its longest text needs", { fit: { atLeast: 100, atMost: 400 } }, names, 252],
  ["is no wider than is good for the others", { fit: { atLeast: 100, atMost: 200 } }, names, 200],
  ["is no narrower than its heading", { fit: { atLeast: 60, atMost: 400 } }, ["a"], 72],
  ["nor than its least", { fit: { atLeast: 90, atMost: 400 } }, [], 90],
  ["keeps a width that is given", { width: 77 }, names, 77],
])("%s", (_, change, rows, width) => expect(widthOf(column(change), rows)).toBe(width));
