import { expect, test } from "vitest";
import { costOf, costRange, gpuPrice } from "./cost";

const gib = 1024 ** 3;
const prices = { currency: "EUR", cpuHour: 0.04, gibHour: 0.005, gpuHour: 1, gpuModels: [{ model: "h100", perHour: 3 }, { model: "NVIDIA", perHour: 2 }] };

test("an hour of 2 CPUs and 4 GiB", () => {
  expect(costOf(prices, { cpus: 2, memoryBytes: 4 * gib, gpus: 0 }, [], 3_600)).toBeCloseTo(0.1, 12);
  expect(costOf(prices, { cpus: 2, memoryBytes: 4 * gib, gpus: 0 }, [], 0)).toBe(0);
});

test("a GPU costs what its model does: the first that fits, else the price of all others", () => {
  expect(["NVIDIA H100 80GB HBM3", "NVIDIA A100", "MI300X"].map((model) => gpuPrice(prices, model))).toEqual([3, 2, 1]);
  const held = { cpus: 0.1, memoryBytes: 0, gpus: 2 };
  expect(costOf(prices, held, ["NVIDIA H100", "MI300X"], 1_800)).toBeCloseTo(2.002, 12);
  expect(costOf(prices, held, ["NVIDIA H100"], 3_600)).toBeCloseTo(4.004, 12);
});

test("before it is known where it runs, a range holds the cheapest and the dearest", () => {
  const seconds = { low: 1_800, expected: 3_600, high: 7_200 };
  const held = { cpus: 0, memoryBytes: 0, gpus: 1 };
  expect(costRange(prices, held, ["NVIDIA H100", "MI300X"], seconds)).toEqual({ low: 0.5, expected: 2, high: 6 });
  expect(costRange(prices, held, [], seconds)).toEqual({ low: 0.5, expected: 1, high: 2 });
  expect(costRange(prices, { ...held, cpus: 10, gpus: 0 }, ["NVIDIA H100"], seconds)).toEqual({ low: 0.2, expected: 0.4, high: 0.8 });
});
