/** What is measured of a column, on a real DuckDB. */
import { expect, it } from "vitest";
import { withDuckDb } from "@/server/platform/duckdb/session";
import { measureColumns } from "./measure";

const measured = (sql: string) =>
  withDuckDb([], async (session) => {
    await session.run(`create table t as ${sql}`);
    const [statistics] = await measureColumns(session, "t", [{ name: "x", dtype: "float64" }]);
    return statistics;
  });

it("draws the bulk where a few extremes lie far off, and still tells the true least and greatest", async () => {
  const far = await measured("select case i when 0 then -5000 when 1 then 90000 else i % 100 end::double as x from range(20000) r(i)");
  expect([far?.quantiles?.at(0), far?.quantiles?.at(-1), far?.quantiles?.length]).toEqual([-5_000, 90_000, 9]);
  expect(far?.histogram?.edges.at(0)).toBeGreaterThanOrEqual(-1);
  expect(far?.histogram?.edges.at(-1)).toBeLessThanOrEqual(102);
  expect(far?.histogram?.counts.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(19_900);
});

it("draws the whole range where nothing lies far off", async () => {
  const near = await measured("select (i % 100) / 2 as x from range(1000) r(i)");
  expect([near?.histogram?.edges.at(0), near?.histogram?.edges.at(-1)]).toEqual([0, 49.5]);
  expect(near?.histogram?.counts.reduce((sum, each) => sum + each, 0)).toBe(1_000);
});

it.each([
  [19, 1],
  [100, 3],
  [1_000, 25],
])("gives %i whole numbers bins of the same number of them each, without gaps", async (distinct, width) => {
  const hours = await measured(`select (5 + i % ${distinct})::double as x from range(${distinct * 10}) r(i)`);
  const { edges = [], counts = [] } = hours?.histogram ?? {};
  expect([edges[0], (edges[1] ?? 0) - (edges[0] ?? 0)]).toEqual([4.5, width]);
  expect(new Set(counts.slice(0, -1))).toEqual(new Set([width * 10]));
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(distinct * 10);
});

it("counts an infinity as present, and measures what is finite", async () => {
  const some = await measured("select unnest([1.0, 'inf'::double, 2.0, 3.0, '-inf'::double, 'nan'::double, null]) as x");
  expect(some).toMatchObject({ count: 7, nulls: 2, mean: 2, sd: 1, min: 1, max: 3 });
  expect([some?.quantiles?.at(0), some?.quantiles?.at(-1)]).toEqual([1, 3]);
  expect(some?.histogram?.counts.reduce((sum, each) => sum + each, 0)).toBe(3);
  const none = await measured("select 'inf'::double as x");
  expect(none).toMatchObject({ count: 1, nulls: 0, mean: null, sd: null, min: null, max: null, quantiles: null, histogram: null });
});

it("measures what it can of values near the largest double", async () => {
  const huge = await measured("select unnest([-1.7e308, 0.5, 1.7e308]) as x");
  expect(huge).toMatchObject({ count: 3, nulls: 0, mean: null, sd: null, min: -1.7e308, max: 1.7e308 });
});

it("never tells of more distinct values than there are rows", async () => {
  for (const rows of [3_000, 50_000, 300_000]) expect((await measured(`select i + 0.5 as x from range(${rows}) r(i)`))?.distinct).toBeLessThanOrEqual(rows);
});
