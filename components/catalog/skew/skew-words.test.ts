import { describe, expect, it } from "vitest";
import { differingFeatures, exampleWords, joinWords, skewFinding } from "./skew-words";

const checked = (values: number, differing: number) => ({ rows: 10, values, differing, share: values === 0 ? 0 : differing / values });

describe("what a skew check says of a dataset", () => {
  it.each([
    ["no check", null, "not checked", /No skew check has compared it/],
    ["a replay that compared nothing", checked(0, 0), "not checked", /No skew check has compared it/],
    ["equal values", checked(1000, 0), "proved", /only what was known at its own time, as a shadow replay confirmed/],
    ["a share at the limit", checked(1000, 5), "proved", /confirmed/],
    ["a share above the limit", checked(10_000, 8_114), "contradicted", /contradicts it: 81\.14% of its values/],
  ] as const)("%s", (_, skew, finding, words) => {
    expect(skewFinding(skew)).toBe(finding);
    expect(joinWords(skew)).toMatch(words);
  });

  it("sorts by share, not by count, and leaves out what does not differ", () => {
    const tally = (feature: string, values: number, differing: number) => ({ feature, values, differing, examples: [] });
    const sorted = differingFeatures([tally("many", 1000, 100), tally("none", 1000, 0), tally("most", 10, 9)]);
    expect(sorted.map(({ feature, share }) => [feature, share])).toEqual([["most", 0.9], ["many", 0.1]]);
  });

  it.each([
    [{ id: "7", offline: 0.123456789, online: 12.3456789 }, "e.g. row 7: offline 0.1235, online 12.35"],
    [{ id: "7", offline: -1.5, online: null }, "e.g. row 7: offline −1.5, online absent"],
    [{ id: "7", offline: "AA", online: "UA" }, "e.g. row 7: offline AA, online UA"],
    [{ id: "7", offline: 0.1234561, online: 0.1234569 }, "e.g. row 7: offline 0.1234561, online 0.1234569"],
  ])("an example to four figures, unless that hides the difference: %j", (example, words) => {
    expect(exampleWords({ examples: [example] })).toBe(words);
  });
});
