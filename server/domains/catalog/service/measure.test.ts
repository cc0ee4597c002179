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
  expect(far?.histogram?.edges.at(-1)).toBeLessThanOrEqual(100);
  expect(far?.histogram?.counts.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(19_900);
});

it("draws the whole range where nothing lies far off", async () => {
  const near = await measured("select (i % 100)::double as x from range(1000) r(i)");
  expect([near?.histogram?.edges.at(0), near?.histogram?.edges.at(-1)]).toEqual([0, 99]);
  expect(near?.histogram?.counts.reduce((sum, each) => sum + each, 0)).toBe(1_000);
});
