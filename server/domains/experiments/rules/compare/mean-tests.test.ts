// Against scipy 1.17's ttest_ind(equal_var=False), ttest_rel and t.interval.
import { expect, test } from "vitest";
import { compareMeans, meanInterval, type MeanTest } from "./mean-tests";

const welch = [
  {a: [0.71, 0.732, 0.725, 0.719, 0.741], b: [0.738, 0.751, 0.744, 0.749, 0.76], difference: 0.02300000000000002, t: 3.560866452780137, df: 7.105775958992413, p: 0.008982519549859899, low: 0.00777261938991038, high: 0.038227380610089665},
  {a: [0.71, 0.732, 0.725, 0.719, 0.741], b: [0.7, 0.81, 0.66], difference: -0.002066666666666661, t: -0.04576382363982545, df: 2.0563996234016573, p: 0.9675556340554242, low: -0.19135333568324153, high: 0.1872200023499082},
  {a: [1.0, 1.2], b: [1.3, 1.1], difference: 0.10000000000000009, t: 0.7071067811865483, df: 2.0, p: 0.5527864045000417, low: -0.5084869844593306, high: 0.7084869844593308},
  {a: [1, 1, 1], b: [2, 3, 4], difference: 2.0, t: 3.464101615137755, df: 2.0, p: 0.07417990022744854, low: -0.4841377117503298, high: 4.48413771175033},
];

const paired = [
  {a: [0.71, 0.732, 0.725, 0.719, 0.741], b: [0.738, 0.751, 0.744, 0.749, 0.76], difference: 0.02300000000000002, t: 9.312427797057534, df: 4.0, p: 0.0007399965851048166, low: 0.01614268643889765, high: 0.02985731356110239},
  {a: [1.0, 1.2], b: [1.3, 1.1], difference: 0.10000000000000009, t: 0.5000000000000006, df: 1.0, p: 0.7048327646991331, low: -2.441240947234938, high: 2.6412409472349383},
];

const intervals = [
  {a: [0.71, 0.732, 0.725, 0.719, 0.741], mean: 0.7253999999999999, low: 0.7106403802165937, high: 0.7401596197834062},
  {a: [0.7, 0.81, 0.66], mean: 0.7233333333333333, low: 0.5303790925627843, high: 0.9162875741038823},
  {a: [1.0, 1.2], mean: 1.1, low: -0.17062047361746902, high: 2.3706204736174694},
];

const samples = (values: readonly number[], seeds: boolean) => values.map((value, index) => ({ pair: seeds ? String(index) : null, value }));

function expectTest(made: MeanTest | null, wanted: Omit<MeanTest, "name">) {
  for (const name of ["difference", "t", "df", "p", "low", "high"] as const) expect(made?.[name]).toBeCloseTo(wanted[name], 9);
}

test.each(welch)("Welch's test of $a and $b", ({ a, b, ...wanted }) => {
  const made = compareMeans(samples(a, false), samples(b, false));
  expect(made?.name).toBe("Welch’s t test");
  expectTest(made, wanted);
});

test.each(paired)("the paired test of $a and $b", ({ a, b, ...wanted }) => {
  const made = compareMeans(samples(a, true), samples(b, true).reverse());
  expect(made?.name).toBe("paired t test");
  expectTest(made, wanted);
});

test.each(intervals)("the interval of $a", ({ a, mean, low, high }) => {
  const made = meanInterval(a);
  expect([made.n, made.mean]).toEqual([a.length, expect.closeTo(mean, 12)]);
  expect([made.interval?.low, made.interval?.high]).toEqual([expect.closeTo(low, 10), expect.closeTo(high, 10)]);
});

test("one run has no interval, and two without spread no test", () => {
  expect(meanInterval([3])).toEqual({ mean: 3, n: 1, interval: null });
  expect(compareMeans(samples([1], true), samples([2], true))).toBe(null);
  expect(compareMeans(samples([1, 1], false), samples([2, 2], false))).toBe(null);
});

test("seeds that are not all the same on both sides are no pairs", () => {
  const base = [{ pair: "1", value: 1 }, { pair: "2", value: 2 }];
  expect(compareMeans(base, [{ pair: "1", value: 2 }, { pair: "3", value: 5 }])?.name).toBe("Welch’s t test");
  expect(compareMeans(base, [{ pair: "1", value: 2 }, { pair: "1", value: 5 }])?.name).toBe("Welch’s t test");
});
