import { describe, expect, it } from "vitest";
import { defaultColumns } from "./default-columns";

describe("the columns that are shown until someone picks others", () => {
  const of = (prefix: string, widths: number[]) => widths.map((width, index) => ({ key: `${prefix}${index + 1}`, width }));
  it.each([
    ["all where there is room", [100, 100, 100, 100], [80, 80], 1_000, ["m1", "p1", "m2", "p2", "m3"]],
    ["the first metric even where there is none", [200], [80], 100, ["m1"]],
    ["metrics and params in turn while they fit", [100, 150, 150], [110, 110], 380, ["m1", "p1", "m2"]],
    ["a narrow one in place of a wide one that does not fit", [100, 300], [90], 200, ["m1", "p1"]],
    ["params alone", [], [90, 90], 100, ["p1"]],
  ])("%s", (_, metrics, params, room, keys) => {
    expect([...defaultColumns({ metrics: of("m", metrics), params: of("p", params), room })]).toEqual(keys);
  });
});
