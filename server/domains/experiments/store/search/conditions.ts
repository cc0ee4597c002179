/** Conditions of a parsed filter as SQL. Keys and values are always parameters; only known columns become identifiers. */
import { type SQL, sql } from "drizzle-orm";
import { Invalid } from "@/server/platform/errors";
import { runStatuses } from "../../contract/run";
import type { Aggregate, Comparator, Condition, FieldRef } from "../../rules/filter";
import { isOfKey, type KeyIds } from "./key-ids";
import type { SortTerm } from "./keyset";

type Column = { expression: SQL; cast: "text" | "bigint" };

const runColumns: Record<string, Column> = {
  run_id: { expression: sql`replace(r.id::text, '-', '')`, cast: "text" },
  run_name: { expression: sql`r.name`, cast: "text" },
  name: { expression: sql`r.name`, cast: "text" },
  status: { expression: sql`r.status`, cast: "text" },
  user_id: { expression: sql`r.user_name`, cast: "text" },
  artifact_uri: { expression: sql`r.artifact_uri`, cast: "text" },
  start_time: { expression: sql`r.start_time`, cast: "bigint" },
  created: { expression: sql`r.start_time`, cast: "bigint" },
  end_time: { expression: sql`r.end_time`, cast: "bigint" },
  duration: { expression: sql`(r.end_time - r.start_time)`, cast: "bigint" },
  lifecycle_stage: { expression: sql`r.lifecycle_stage`, cast: "text" },
};

const metricColumn: Record<Aggregate, SQL> = {
  last: sql`m.last_value`,
  min: sql`m.min_value`,
  max: sql`m.max_value`,
  // Dividing what is next to nothing is an error to PostgreSQL: it stays as it is.
  mean: sql`(case when m.value_count > 0 then case when abs(m.value_sum) < 1e-300 then m.value_sum else m.value_sum / m.value_count end end)`,
  count: sql`m.count`,
  last_step: sql`m.last_step::float8`,
  min_step: sql`m.min_step::float8`,
  max_step: sql`m.max_step::float8`,
  first_time: sql`m.first_timestamp::float8`,
  last_time: sql`m.last_timestamp::float8`,
};

const operatorSql: Partial<Record<Comparator, SQL>> = {
  "=": sql`=`, "!=": sql`<>`, "<": sql`<`, "<=": sql`<=`, ">": sql`>`, ">=": sql`>=`, LIKE: sql`like`, ILIKE: sql`ilike`,
};

/** `expression` compared with the condition's values, cast to the column's type. */
export function compare(expression: SQL, { comparator, values }: Condition, cast: "text" | "bigint" | "float8"): SQL {
  if (comparator === "IN" || comparator === "NOT IN") {
    const list = sql`${sql.param(values.map(String))}::text[]`;
    return comparator === "IN" ? sql`${expression}::text = any(${list})` : sql`${expression}::text <> all(${list})`;
  }
  const operator = operatorSql[comparator];
  const [value] = values;
  if (!operator || value === undefined) throw new Invalid(`${comparator} can't be used here.`, { field: "filter" });
  if (cast !== "text" && !Number.isFinite(Number(value))) throw new Invalid(`${JSON.stringify(value)} is not a number.`, { field: "filter" });
  if (cast === "text") {
    if (comparator.endsWith("LIKE") && /(^|[^\\])(\\\\)*\\$/.test(String(value))) throw new Invalid(`The pattern ${JSON.stringify(value)} ends in an escape of nothing.`, { field: "filter" });
    return sql`${expression} ${operator} ${String(value)}::text`;
  }
  if (comparator.endsWith("LIKE")) throw new Invalid(`${comparator} takes a text, and this is a number.`, { field: "filter" });
  // Past a bigint, or between two, a number still compares.
  const type = cast === "bigint" && !Number.isSafeInteger(Number(value)) ? "numeric" : cast;
  return sql`${expression} ${operator} ${Number(value)}::${sql.raw(type)}`;
}

function runColumn(key: string): Column {
  const column = runColumns[key.toLowerCase()];
  if (column) return column;
  throw new Invalid(`Invalid attribute key '${key}' specified. Valid keys are '${Object.keys(runColumns).join("', '")}'`, { field: "filter" });
}

/**
 * Whether a run has such a row, looked up for each run by the table's own key. `offset 0` keeps the planner from joining instead: of a table
 * that was filled a moment ago it knows no sizes, takes its rows for few, and goes through all of them for each run.
 */
export const hasRow = (from: SQL, test: SQL): SQL => sql`exists (select 1 from ${from} where ${test} offset 0)`;

function keyed(table: "run_params" | "run_tags", condition: Condition, ids: readonly number[]): SQL {
  const from = sql.raw(table);
  const row = (test: SQL) => hasRow(sql`${from} v`, sql`v.run_id = r.id and ${isOfKey(sql`v.key_id`, ids)} and ${test}`);
  if (condition.comparator === "IS NULL") return sql`not ${row(sql`true`)}`;
  if (condition.comparator === "IS NOT NULL") return row(sql`true`);
  return row(compare(sql`v.value`, condition, "text"));
}

function metricCondition(condition: Condition, ids: readonly number[]): SQL {
  const column = metricColumn[condition.aggregate];
  const row = (test: SQL) => hasRow(sql`metric_summaries m`, sql`m.run_id = r.id and ${isOfKey(sql`m.key_id`, ids)} and ${test}`);
  if (condition.comparator === "IS NULL") return sql`not ${row(sql`true`)}`;
  if (condition.comparator === "IS NOT NULL") return row(sql`true`);
  // PostgreSQL holds NaN for the greatest of numbers; to a person it is neither above nor below anything.
  return row(sql`${column} <> 'NaN'::float8 and ${compare(column, condition, "float8")}`);
}

function attributeCondition(condition: Condition): SQL {
  const { expression, cast } = runColumn(condition.key);
  if (condition.comparator === "IS NULL") return sql`${expression} is null`;
  if (condition.comparator === "IS NOT NULL") return sql`${expression} is not null`;
  if (condition.key.toLowerCase() === "status") return compare(expression, { ...condition, values: condition.values.map(asStatus) }, cast);
  return compare(expression, condition, cast);
}

/** The portal's words for what MLflow calls otherwise. */
const statusWords: Record<string, string> = { SUCCEEDED: "FINISHED", QUEUED: "SCHEDULED", CANCELLED: "KILLED" };

/** People type `status = running` or `succeeded`; the store keeps MLflow's words. */
export function asStatus(value: string | number): string {
  const word = String(value).toUpperCase();
  return statusWords[word] ?? runStatuses.find((status) => status === word) ?? String(value);
}

function datasetCondition(condition: Condition): SQL {
  if (condition.key === "context") {
    return sql`exists (select 1 from run_inputs i, jsonb_array_elements(i.tags) t where i.run_id = r.id
      and t->>'key' = 'mlflow.data.context' and ${compare(sql`t->>'value'`, condition, "text")})`;
  }
  if (condition.key !== "name" && condition.key !== "digest") {
    throw new Invalid(`Invalid dataset key '${condition.key}'. Valid keys are 'name', 'digest', 'context'`, { field: "filter" });
  }
  return sql`exists (select 1 from run_inputs i where i.run_id = r.id and ${compare(sql.raw(`i.${condition.key}`), condition, "text")})`;
}

export function runCondition(condition: Condition, keys: KeyIds): SQL {
  if (condition.scope === "metric") return metricCondition(condition, keys("metric", condition.key));
  if (condition.scope === "param") return keyed("run_params", condition, keys("param", condition.key));
  if (condition.scope === "tag") return keyed("run_tags", condition, keys("tag", condition.key));
  if (condition.scope === "dataset") return datasetCondition(condition);
  return attributeCondition(condition);
}

/** What a field sorts by. NaN sorts with the absent ones, last. */
export function runSortTerm(field: FieldRef, descending: boolean, keys: KeyIds): SortTerm {
  if (field.scope === "metric") {
    const ids = keys("metric", field.key);
    const column = metricColumn[field.aggregate];
    const value = sql`(select nullif(${column}, 'NaN'::float8) from metric_summaries m where m.run_id = r.id and ${isOfKey(sql`m.key_id`, ids)})`;
    return { expression: ids.length === 0 ? sql`null::float8` : value, descending, cast: "float8" };
  }
  if (field.scope === "param" || field.scope === "tag") {
    const ids = keys(field.scope, field.key);
    const from = sql.raw(field.scope === "param" ? "run_params" : "run_tags");
    const value = sql`((select v.value from ${from} v where v.run_id = r.id and ${isOfKey(sql`v.key_id`, ids)}) collate "C")`;
    return { expression: ids.length === 0 ? sql`null::text` : value, descending, cast: "text" };
  }
  if (field.scope === "dataset") throw new Invalid("Runs can't be ordered by a dataset.", { field: "order_by" });
  const { expression, cast } = runColumn(field.key);
  return { expression: cast === "text" ? sql`(${expression} collate "C")` : expression, descending, cast };
}
