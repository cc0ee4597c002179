import { describe, expect, it } from "vitest";
import type { Measure } from "../contract/definition";
import type { AlertMove, AlertState } from "../contract/alert";
import type { Verdict } from "../contract/monitor";
import { effectOf, moveAlertState, verdictOf } from "./alert-state";
import { backtest, centreOf, deviationOf, limitOf, median, ratioOf } from "./calibration";
import { logLossOf } from "./sums";
import { alertTitle, ruleTitle } from "./words";

const calibrate = { times: 1.5, floor: 0.1 };
const limit = (measure: Measure, values: (number | null)[], use = calibrate) => limitOf({ name: "r", measure }, { column: "c", values }, use);

describe("limits", () => {
  it.each<[string, Measure, (number | null)[], { low: number | null; high: number | null }]>([
    ["1.5 times the worst week of drift", "psi", [0.1, 0.4, null, 0.2], { low: null, high: 0.6000000000000001 }],
    ["the floor of drift", "psi", [0.01, 0.02], { low: null, high: 0.1 }],
    ["a share never beyond what can be", "null_share", [0.7, 0.9], { low: null, high: 0.95 }],
    ["above the mean day of log-loss", "log_loss", [0.4, 0.5, 0.6], { low: null, high: 0.65 }],
    ["both sides of the median volume, as a ratio", "count", [100, 100, 200], { low: 100 / 2 ** 1.5, high: 100 * 2 ** 1.5 }],
    ["both sides of a ratio that is always the same", "observed_over_predicted", [1, 1, 1], { low: Math.exp(-0.1), high: Math.exp(0.1) }],
  ])("%s", (_, measure, values, expected) => {
    const { low, high } = limit(measure, values);
    expect(high).toBeCloseTo(expected.high ?? 0, 12);
    if (expected.low === null) expect(low).toBeNull();
    else expect(low).toBeCloseTo(expected.low, 12);
  });

  it("are exceeded where the ratio is above one, on either side", () => {
    const volume = limit("count", [100, 100, 200]);
    for (const value of [0, 30, 35.3, 35.4, 100, 282, 283, 1e6]) {
      const isOutside = value < (volume.low ?? 0) || value > (volume.high ?? 0);
      expect(ratioOf("count", value, volume) > 1).toBe(isOutside);
    }
    const drift = limit("psi", [0.2]);
    expect(ratioOf("psi", 0.3, drift)).toBeCloseTo(1, 12);
    expect(ratioOf("psi", 0.6, drift)).toBeCloseTo(2, 12);
    expect(ratioOf("log_loss", 0.1, limit("log_loss", [0.4, 0.5]))).toBe(0);
  });

  it("know their centre and deviation", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(centreOf("count", [])).toBe(0);
    expect(centreOf("observed_over_predicted", [])).toBe(1);
    expect(deviationOf("count", 50, 100)).toBeCloseTo(deviationOf("count", 200, 100), 12);
    expect(deviationOf("count", 0, 100)).toBe(Number.POSITIVE_INFINITY);
    expect(limit("psi", [null, null]).windows).toBe(0);
  });
});

describe("the backtest", () => {
  it("never fires on what it was calibrated on, and says what half of it would have done to the other", () => {
    const series = [{ column: "a", values: [0.1, 0.1, 0.5, null] }, { column: "b", values: [0.3, 0.2, 0.1, 0.1] }];
    const rule = { name: "r", measure: "psi" as const };
    const tested = backtest(rule, series, series.map((one) => limitOf(rule, one, calibrate)), calibrate, [1, 2, 3, 4]);
    expect(tested).toMatchObject({ windows: 4, fired: 0, halfWindows: 2, halfFired: 1, textbookFired: 2 });
    expect(tested.series.map((one) => one.column)).toEqual(["b", "b", "a", "b"]);
  });
});

describe("an alert", () => {
  it.each<[AlertState | null, Verdict, string]>([
    [null, "breach", "open"], [null, "ok", "none"], [null, "too_little", "none"], ["firing", "breach", "extend"], ["firing", "ok", "resolve"], ["firing", "too_little", "none"],
    ["acknowledged", "breach", "extend"], ["acknowledged", "ok", "resolve"], ["acknowledged", "too_little", "none"], ["resolved", "breach", "open"], ["resolved", "ok", "none"],
  ])("%s, then a window %s: %s", (open, verdict, effect) => {
    expect(effectOf(open, verdict)).toBe(effect);
  });

  it.each<[AlertState, AlertMove, AlertState | null]>([
    ["firing", "acknowledge", "acknowledged"], ["firing", "resolve", "resolved"], ["acknowledged", "acknowledge", null], ["acknowledged", "resolve", "resolved"],
    ["resolved", "acknowledge", null], ["resolved", "resolve", null],
  ])("%s, %s by a person: %s", (from, move, to) => {
    expect(moveAlertState(from, move)).toBe(to);
  });

  it("is of a rule: broken when one column is, held when none is and one was judged", () => {
    expect(verdictOf(["ok", "breach", "too_little"])).toBe("breach");
    expect(verdictOf(["ok", "too_little"])).toBe("ok");
    expect(verdictOf(["too_little"])).toBe("too_little");
    expect(verdictOf([])).toBe("too_little");
  });

  it("says in one line what is wrong", () => {
    const rule = { measure: "psi" as const, of: "features" as const, window: 7 * 86_400_000 };
    expect(ruleTitle(rule)).toBe("drift (PSI) of features over 7 d");
    const column = (name: string, value: number, low: number | null, high: number | null) => ({ column: name, value, low, high, ratio: 2 });
    expect(alertTitle("m", rule, [column("delay", 0.61, null, 0.3), column("hour", 0.4, null, 0.1)])).toBe("m: drift (PSI) of delay 0.610, above 0.300; 1 more feature broke its limit");
    expect(alertTitle("m", { measure: "count", window: 86_400_000 }, [column("", 20, 100, 200)])).toBe("m: volume 20.0, below 100");
    expect(alertTitle("m", { ...rule, of: "score" }, [column("(score)", 0.61, null, 0.3)])).toBe("m: drift (PSI) of the score 0.610, above 0.300");
  });
});

describe("log-loss", () => {
  it("is scikit-learn's, also for certain scores", () => {
    expect(logLossOf(1, 0.25)).toBeCloseTo(Math.log(4), 12);
    expect(logLossOf(0, 0.25)).toBeCloseTo(-Math.log(0.75), 12);
    // sklearn.metrics.log_loss([1], [0.0], labels=[0, 1]) of float64.
    expect(logLossOf(1, 0)).toBeCloseTo(36.04365338911715, 10);
    expect(logLossOf(0, 1)).toBeCloseTo(36.04365338911715, 10);
  });
});
