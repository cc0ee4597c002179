import { describe, expect, test } from "vitest";
import type { LogSlice } from "@/server/domains/compute/contract/job";
import { appendSlice, emptyLog } from "./log-text";

const slice = (from: number, text: string, more: Partial<LogSlice> = {}): LogSlice => ({
  attempt: 1, text, from, to: from + text.length, size: from + text.length, gaps: [], expired: false, ended: false, ...more,
});
const textsOf = (log: typeof emptyLog) => log.lines.map((line) => `${line.n} ${line.text}`);

describe("appendSlice", () => {
  test("joins a line that two slices share, and shows it meanwhile", () => {
    const first = appendSlice(emptyLog, slice(0, "one\ntw"));
    expect(textsOf(first)).toEqual(["1 one", "2 tw"]);
    const second = appendSlice(first, slice(6, "o\nthree\n", { ended: true }));
    expect(textsOf(second)).toEqual(["1 one", "2 two", "3 three"]);
    expect(second).toMatchObject({ to: 14, ended: true, open: "" });
  });

  test("shows what was written last over a line", () => {
    expect(textsOf(appendSlice(emptyLog, slice(0, "10%\r50%\r100%\r\ndone\r\n")))).toEqual(["1 100%", "2 done"]);
  });

  test("says where bytes were left out", () => {
    const log = appendSlice(appendSlice(emptyLog, slice(0, "head\ncut")), slice(2_056, "tail\n"));
    expect(log.lines.map((line) => [line.stream, line.text])).toEqual([
      [undefined, "head"], [undefined, "cut"], ["system", "2.0 KiB left out: a log keeps its head and its tail"], [undefined, "tail"],
    ]);
  });

  test("takes a repeated slice once", () => {
    const log = appendSlice(emptyLog, slice(0, "one\n"));
    expect(textsOf(appendSlice(log, slice(0, "one\n")))).toEqual(["1 one"]);
  });
});
