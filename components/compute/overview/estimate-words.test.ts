import { expect, test } from "vitest";
import { estimateRecordWords } from "./estimate-words";

test.each([
  [{ held: 0, sooner: 0, later: 0, without: 0 }, null],
  [{ held: 9, sooner: 2, later: 1, without: 0 }, "Of 12 jobs that waited, 9 started within the first estimate (75%), 2 sooner, 1 later."],
  [{ held: 1, sooner: 0, later: 0, without: 1 }, "Of 1 job that waited, 1 started within the first estimate (100%). 1 job had no estimate: too few like it had run."],
  [{ held: 0, sooner: 0, later: 0, without: 3 }, "3 jobs had no estimate: too few like them had run."],
])("%#", (record, words) => expect(estimateRecordWords(record)).toBe(words));
