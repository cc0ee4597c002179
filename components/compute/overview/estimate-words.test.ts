import { expect, test } from "vitest";
import { estimateRecordWords } from "./estimate-words";

const none = { nowhere: 0, unlike: 0, unknown: 0 };

test.each([
  [{ held: 0, sooner: 0, later: 0, without: none }, null],
  [{ held: 9, sooner: 2, later: 1, without: none }, "Of 12 jobs that waited, 9 started within the first estimate (75%), 2 sooner, 1 later."],
  [{ held: 1, sooner: 0, later: 0, without: { ...none, unlike: 1 } }, "Of 1 job that waited, 1 started within the first estimate (100%). 1 job had no estimate: too few jobs like the ones ahead of it had run to say how long those take."],
  [{ held: 0, sooner: 0, later: 0, without: { ...none, unlike: 3 } }, "3 jobs had no estimate: too few jobs like the ones ahead of them had run to say how long those take."],
  [{ held: 0, sooner: 0, later: 0, without: { ...none, nowhere: 1 } }, "1 job had no estimate: no agent could run it then."],
  [{ held: 0, sooner: 0, later: 0, without: { nowhere: 2, unlike: 1, unknown: 0 } }, "2 jobs had no estimate: no agent could run them then. 1 job had no estimate: too few jobs like the ones ahead of it had run to say how long those take."],
  [{ held: 0, sooner: 0, later: 0, without: { ...none, unknown: 2 } }, "2 jobs had no estimate."],
])("%#", (record, words) => expect(estimateRecordWords(record)).toBe(words));
