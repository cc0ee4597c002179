import { describe, expect, test } from "vitest";
import { formatBytes } from "./format-bytes";
import { formatDifference, formatInterval, formatP, formatProbability, formatSigned } from "./format-difference";
import { formatDuration } from "./format-duration";
import { formatMoney } from "./format-money";
import {
  formatAligned,
  formatCompact,
  formatCount,
  formatPercent,
  formatPlain,
  formatValue,
} from "./format-number";

const M = 60_000;
const H = 60 * M;

describe("formatDuration", () => {
  test.each([
    [0, "0 s"],
    [0.12, "120 µs"],
    [2.13, "2.1 ms"],
    [840, "840 ms"],
    [999.7, "1.0 s"],
    [3_400, "3.4 s"],
    [59_400, "59 s"],
    [59_700, "1 m 00 s"],
    [130_000, "2 m 10 s"],
    [59 * M + 59_600, "1 h 00 m"],
    [2 * H + 4 * M, "2 h 04 m"],
    [23 * H + 59.6 * M, "1 d 00 h"],
    [76 * H, "3 d 04 h"],
    [-3_400, "−3.4 s"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("%s → %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [640, "640 B"],
    [1000, "1.0 KiB"],
    [1_288_490_189, "1.2 GiB"],
    [1023.9 * 1024, "1.0 MiB"],
    [150 * 1024, "150 KiB"],
    [undefined, "–"],
  ])("%s → %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

test("counts, compact counts and rates", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(formatCount(-12)).toBe("−12");
  expect([0, 7, 0.5, 999, 1000, 3_412, 12_345, 999_600, 1e15].map(formatCompact)).toEqual([
    "0",
    "7",
    "0.5",
    "999",
    "1.0k",
    "3.4k",
    "12k",
    "1.0M",
    "1000T",
  ]);
  expect(formatPercent(0.9998, 2)).toBe("99.98%");
});

test("metric values keep their significant figures", () => {
  expect([0.742134, 12.3456, 123456.78, 3, 0, 0.00001234, -0.5, 1e12].map((v) => formatValue(v))).toEqual([
    "0.7421",
    "12.35",
    "123,457",
    "3",
    "0",
    "1.23e−5",
    "−0.5000",
    "1.00e+12",
  ]);
  expect([0.7, 0.015, 1200, 0.5, 1e-7, 100].map((v) => formatPlain(v))).toEqual([
    "0.7",
    "0.015",
    "1,200",
    "0.5",
    "1e−7",
    "100",
  ]);
  expect(formatValue(Number.POSITIVE_INFINITY)).toBe("∞");
  expect(formatAligned([0.7421, 0.1, null, 12.5])).toEqual(["0.74", "0.10", "–", "12.50"]);
  expect(formatAligned([1, 200])).toEqual(["1", "200"]);
});

test("differences are signed and carry their interval", () => {
  expect(formatDifference(0.0042, { low: 0.0031, high: 0.0053 })).toBe("+0.0042 [0.0031, 0.0053]");
  expect(formatDifference(-0.0042, { low: -0.0053, high: -0.00001 })).toBe("−0.0042 [−0.0053, 0.0000]");
  expect(formatSigned(-0.00001)).toBe("0.0000");
  expect(formatSigned(null)).toBe("–");
  expect(formatInterval({ low: -1, high: 2 }, 1)).toBe("[−1.0, 2.0]");
  expect(formatProbability(0.74213)).toBe("0.742");
  expect([0.0004, 0.0312].map(formatP)).toEqual(["< 0.001", "0.031"]);
});

test("money", () => {
  expect([0, 0.42, 0.0004, 1204.4, -3].map((v) => formatMoney(v))).toEqual([
    "$0.00",
    "$0.42",
    "$0.0004",
    "$1,204",
    "−$3.00",
  ]);
});
