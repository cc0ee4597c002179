// SQL over a suite's dataset and a file of scores: what must hold before a number is computed, and the joined example results.
import { sqlName, sqlText } from "@/server/platform/duckdb/quote";
import type { SuiteDefinition } from "../contract/suite";

/** What must not be found; `sql` gives `n` rows at fault and one `example` of them, an id. */
export type Check = { field: "dataset" | "scores"; sql: string; fault: string };

export const SCORE_COLUMN = "score";

/** Slice columns keep a prefix, so that none of them can be taken for the id, label or score. */
export const sliceColumn = (column: string): string => `slice ${column}`;

export const sliceColumnsOf = ({ slices }: SuiteDefinition): string[] => [
  ...new Set(slices.map(({ column }) => column)),
];

/** The columns that a suite reads from its dataset. */
export function datasetColumnsOf(suite: SuiteDefinition): string[] {
  return [
    ...new Set([
      "split",
      suite.id,
      suite.label,
      ...(suite.cluster === null ? [] : [suite.cluster]),
      ...sliceColumnsOf(suite),
    ]),
  ];
}

const isNumeric = (type: string) => /INT|DOUBLE|FLOAT|DECIMAL/.test(type);

/** Tables `examples` (the suite's split of `dataset`) and `scores` (of `given`), keyed by the type of the dataset's id. */
export function examplesSql(suite: SuiteDefinition, types: ReadonlyMap<string, string>): string[] {
  const slices = sliceColumnsOf(suite).map((column) => {
    const type = isNumeric(types.get(column) ?? "") ? "double" : "varchar";
    return `${sqlName(column)}::${type} as ${sqlName(sliceColumn(column))}`;
  });
  const cluster = suite.cluster === null ? "null::varchar" : `${sqlName(suite.cluster)}::varchar`;
  const columns = [
    `${sqlName(suite.id)} as id`,
    `${sqlName(suite.label)}::double as label`,
    `${cluster} as cluster`,
    ...slices,
  ];
  const idType = types.get(suite.id) ?? "varchar";
  return [
    `create table examples as select ${columns.join(", ")} from dataset where split = ${sqlText(suite.split)}`,
    `create table scores as select try_cast(${sqlName(suite.id)} as ${idType}) as id, ${sqlName(suite.id)}::varchar as written,
       try_cast(${sqlName(SCORE_COLUMN)} as double) as score from given`,
  ];
}

const count = (example: string, from: string) =>
  `select count(*)::double as n, min(${example})::varchar as example from ${from}`;

function exampleChecks({ id, label, cluster }: SuiteDefinition): Check[] {
  const grouped = "(select id from examples group by id having count(*) > 1 or id is null)";
  const checks: Check[] = [
    {
      field: "dataset",
      sql: count("id", grouped),
      fault: `some ${id} of the split are absent or stand more than once`,
    },
    {
      field: "dataset",
      sql: count("id", "examples where label is null or label not in (0, 1)"),
      fault: `some rows of the split have a ${label} other than 0 and 1`,
    },
  ];
  if (cluster === null) return checks;
  const fault = `some rows of the split have no ${cluster}, the suite's cluster column`;
  return [...checks, { field: "dataset", sql: count("id", "examples where cluster is null"), fault }];
}

function scoreChecks({ id, split }: SuiteDefinition): Check[] {
  const repeated = "(select any_value(written) as written from scores group by id having count(*) > 1)";
  const known = `(select ${sqlName(id)} from dataset where ${sqlName(id)} is not null)`;
  const checks: [string, string][] = [
    [count("coalesce(written, 'null')", "scores where id is null"), `some ${id} are not of the dataset's type`],
    [count("written", repeated), `some ${id} stand more than once`],
    [count("written", "scores where score is null or isnan(score)"), "some scores are NaN, absent or no numbers"],
    [count("written", "scores where score < 0 or score > 1"), "some scores lie outside [0, 1]"],
    [count("written", `scores where id not in ${known}`), `some ${id} are not in the dataset`],
    [
      count("id", "examples where id not in (select id from scores)"),
      `some examples of the split ${split} have no score`,
    ],
  ];
  return checks.map(([sql, fault]) => ({ field: "scores", sql, fault }));
}

/** In this order: a later check may take the earlier ones to hold. */
export const checksOf = (suite: SuiteDefinition): Check[] => [...exampleChecks(suite), ...scoreChecks(suite)];

/** Example results in the order of ids, so that two evaluations of the same examples line up row by row. */
export function joinedSql(suite: SuiteDefinition): string {
  const slices = sliceColumnsOf(suite).map((column) => `examples.${sqlName(sliceColumn(column))}`);
  const columns = ["examples.id", "examples.label::utinyint as label", "examples.cluster", ...slices, "scores.score"];
  return `select ${columns.join(", ")} from examples join scores using (id) order by examples.id`;
}

/** One hash of everything about the examples that a suite looks at, and nothing about their scores. */
export function digestSql(suite: SuiteDefinition): string {
  const columns = ["id", "label", "cluster", ...sliceColumnsOf(suite).map(sliceColumn)];
  const parts = columns.map((column) => `coalesce(replace(${sqlName(column)}::varchar, '|', '||'), '|-')`);
  return `select sha256(string_agg(md5(concat(${parts.join(", ' | ', ")})), '' order by id)) as digest, count(*)::double as n from examples`;
}

/** Columns that the statistics read, in the file's order: label, cluster, score, then the slices' columns. */
export function readSql(suite: SuiteDefinition, path: string): string {
  const slices = sliceColumnsOf(suite).map((column) => sqlName(sliceColumn(column)));
  return `select ${["label::double", "cluster", "score", ...slices].join(", ")} from read_parquet(${sqlText(path)}) order by id`;
}

const disagreementOrder = {
  difference: "abs(difference) desc",
  harm: `"lossDifference" desc`,
  gain: `"lossDifference"`,
} as const;

/** Losses are clipped as the statistics clip them (2⁻⁵²), so that the sums agree. */
const lossOf = (side: string) =>
  `-ln(greatest(case when c.label = 1 then ${side}.score else 1 - ${side}.score end, 2.220446049250313e-16))`;

/** Examples of two evaluations where they differ most; ties in the order of ids. */
export function disagreementsSql(
  suite: SuiteDefinition,
  paths: { candidate: string; baseline: string },
  order: keyof typeof disagreementOrder,
  limit: number,
): string {
  const slices = sliceColumnsOf(suite).map((column) => `c.${sqlName(sliceColumn(column))}`);
  const columns = [
    "c.id::varchar as id",
    "c.label::integer as label",
    "c.cluster",
    "c.score as candidate",
    "b.score as baseline",
    "c.score - b.score as difference",
    `${lossOf("c")} - ${lossOf("b")} as "lossDifference"`,
    ...slices,
  ];
  return `select ${columns.join(", ")} from read_parquet(${sqlText(paths.candidate)}) c
    join read_parquet(${sqlText(paths.baseline)}) b using (id) order by ${disagreementOrder[order]}, c.id limit ${limit}`;
}
