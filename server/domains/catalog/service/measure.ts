/** Statistics of columns, measured by DuckDB over the whole file: never from a sample. */
import { sqlName } from "@/server/platform/duckdb/quote";
import type { DuckDbSession } from "@/server/platform/duckdb/session";
import type { FeatureStatistics } from "../contract/catalog";
import type { Dtype } from "../contract/definition";

const bins = 40;
const quantileSteps = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
/** Where the histogram ends when the range is far wider: a few extremes would squeeze all the rest into one bin. */
const tails = [0.001, 0.999];
const farWider = 1.5;

type NumberRow = {
  n: bigint; nulls: bigint; mean: number | null; sd: number | null; lo: number | null; hi: number | null; q: { items?: number[] } | number[] | null; uniques: bigint; whole: boolean | null;
};

const numeric = new Set<Dtype>(["float64", "float32", "int64", "int32", "bool"]);

/** HyperLogLog may count a few percent more than there are. */
const distinctOf = (row: { n: bigint; nulls: bigint; uniques: bigint } | undefined) => (row ? Math.min(Number(row.uniques), Number(row.n - row.nulls)) : 0);

/** NaN counts as absent: models read it so. */
const asNumber = (column: string) => `nullif(${sqlName(column)}::double, 'nan'::double)`;

/** The infinities are present, and no part of a mean, a range or a picture. */
const asFinite = (column: string) => `case when isfinite(${sqlName(column)}::double) then ${sqlName(column)}::double end`;

/** Squares of greater values, and sums of these, may pass the largest double, at which DuckDB fails. */
const summable = 1e140;

const whereSummable = (aggregate: string, x: string) => `case when max(abs(${x})) < ${summable} then ${aggregate}(${x}) filter (where abs(${x}) < ${summable}) end`;

function numbersOf(list: NumberRow["q"]): number[] | null {
  if (list === null) return null;
  const items = Array.isArray(list) ? list : (list.items ?? []);
  return items.map(Number);
}

async function measureNumber(session: DuckDbSession, table: string, column: string): Promise<FeatureStatistics> {
  const x = asNumber(column);
  const finite = asFinite(column);
  const [row] = await session.rows<NumberRow>(
    `select count(*) as n, count(*) - count(${x}) as nulls, ${whereSummable("avg", finite)} as mean, ${whereSummable("stddev_samp", finite)} as sd,
       min(${finite}) as lo, max(${finite}) as hi, approx_quantile(${finite}, [${[...quantileSteps, ...tails].join(", ")}]) as q, approx_count_distinct(${x}) as uniques, bool_and(${finite} = floor(${finite})) as whole from ${table}`,
  );
  const lo = row?.lo ?? null;
  const hi = row?.hi ?? null;
  const measured = numbersOf(row?.q ?? null) ?? [];
  const quantiles = lo === null || hi === null ? null : [lo, ...measured.slice(0, quantileSteps.length), hi];
  const [from, to] = lo === null || hi === null ? [0, Number.POSITIVE_INFINITY] : spanOf(lo, hi, measured.slice(quantileSteps.length));
  const histogram = Number.isFinite(to - from) ? await histogramOf(session, table, finite, binsOf(from, to, row?.whole ?? false)) : null;
  return {
    name: column, count: Number(row?.n ?? 0), nulls: Number(row?.nulls ?? 0), distinct: distinctOf(row), mean: row?.mean ?? null, sd: row?.sd ?? null,
    min: lo, max: hi, quantiles, histogram, top: null,
  };
}

function spanOf(lo: number, hi: number, [low = lo, high = hi]: number[]): [number, number] {
  return high > low && hi - lo > farWider * (high - low) ? [low, high] : [lo, hi];
}

type Bins = { from: number; width: number; count: number };

/** Of whole numbers a bin holds as many of them as any other: bins of their own width leave gaps and teeth. */
function binsOf(lo: number, hi: number, whole: boolean): Bins {
  if (!whole) return { from: lo, width: hi > lo ? (hi - lo) / bins : 1, count: bins };
  const [first, last] = [Math.ceil(lo), Math.floor(hi)];
  const width = Math.max(1, Math.ceil((last - first + 1) / bins));
  return { from: first - 0.5, width, count: Math.ceil((last - first + 1) / width) };
}

/** Values outside are in no bin. */
async function histogramOf(session: DuckDbSession, table: string, x: string, { from, width, count }: Bins) {
  const to = from + count * width;
  const rows = await session.rows<{ bin: number; n: bigint }>(
    `select least(${count - 1}, floor((${x} - ${from}) / ${width}))::integer as bin, count(*) as n from ${table} where ${x} between ${from} and ${to} group by 1`,
  );
  const counts = new Array<number>(count).fill(0);
  for (const { bin, n } of rows) counts[bin] = Number(n);
  return { edges: Array.from({ length: count + 1 }, (_, index) => from + index * width), counts };
}

async function measureText(session: DuckDbSession, table: string, column: string): Promise<FeatureStatistics> {
  const name = sqlName(column);
  const [row] = await session.rows<{ n: bigint; nulls: bigint; uniques: bigint }>(
    `select count(*) as n, count(*) - count(${name}) as nulls, approx_count_distinct(${name}) as uniques from ${table}`,
  );
  const top = await session.rows<{ value: string; n: bigint }>(
    `select ${name}::varchar as value, count(*) as n from ${table} where ${name} is not null group by 1 order by 2 desc, 1 limit 10`,
  );
  return {
    name: column, count: Number(row?.n ?? 0), nulls: Number(row?.nulls ?? 0), distinct: distinctOf(row), mean: null, sd: null, min: null, max: null,
    quantiles: null, histogram: null, top: top.map(({ value, n }) => ({ value, count: Number(n) })),
  };
}

export async function measureColumns(session: DuckDbSession, table: string, fields: readonly { name: string; dtype: Dtype }[]): Promise<FeatureStatistics[]> {
  const measured: FeatureStatistics[] = [];
  for (const { name, dtype } of fields) {
    measured.push(numeric.has(dtype) ? await measureNumber(session, table, name) : await measureText(session, table, name));
  }
  return measured;
}
