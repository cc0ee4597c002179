import { expect, it } from "vitest";
import type { Backtest } from "@/server/domains/monitoring/contract/monitor";
import { trialsOf } from "./backtest-words";

const tried = (fired: number, windows: number, halfFired: number, halfWindows: number): Backtest => ({ rule: "r", measure: "psi", fired, windows, halfFired, halfWindows, textbookFired: null, series: [] });

it("names first the trial that decided, with the bound that both are held to", () => {
  expect(trialsOf(tried(0, 54, 3, 27))).toEqual({
    isNoisy: true,
    texts: ["Limits of the first half, on the second half: 3 of 27 windows (11%, more than 10%).", "Limits of all windows, on the same: 0 of 54 windows (0%, not more than 10%)."],
  });
  expect(trialsOf(tried(6, 54, 0, 27)).texts[0]).toMatch(/^Limits of all windows, on the same: 6 of 54 windows \(11%, more than 10%\)/);
  expect(trialsOf(tried(0, 60, 3, 30))).toMatchObject({ isNoisy: false, texts: [expect.stringContaining("3 of 30 windows (10%, not more than 10%)"), expect.anything()] });
});
