/** Conditions and orders of a search for logged models as SQL; keys and values are always parameters. */
import { type SQL, sql } from "drizzle-orm";
import { experiments, loggedModels } from "@/drizzle/schema/experiments";
import { Invalid } from "@/server/platform/errors";
import type { Condition, FieldRef } from "../../rules/filter";
import { compare } from "./conditions";
import type { SortTerm } from "./keyset";

type Column = { expression: SQL; cast: "text" | "bigint" };

const milliseconds = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::bigint`;
const created: Column = { expression: milliseconds(sql`${loggedModels.createdAt}`), cast: "bigint" };
const updated: Column = { expression: milliseconds(sql`${loggedModels.updatedAt}`), cast: "bigint" };

const columns: Record<string, Column> = {
  name: { expression: sql`${loggedModels.name}`, cast: "text" },
  model_id: { expression: sql`${loggedModels.id}`, cast: "text" },
  model_type: { expression: sql`${loggedModels.modelType}`, cast: "text" },
  status: { expression: sql`${loggedModels.status}`, cast: "text" },
  source_run_id: { expression: sql`replace(${loggedModels.sourceRunId}::text, '-', '')`, cast: "text" },
  experiment_id: { expression: sql`${experiments.no}::text`, cast: "text" },
  artifact_uri: { expression: sql`${loggedModels.artifactUri}`, cast: "text" },
  creation_timestamp: created, creation_time: created, last_updated_timestamp: updated, last_updated_time: updated,
};

type Datasets = readonly { name: string; digest: string | null }[];

/** Of the rows that a model has for a metric: those of these datasets, or all. */
function measuredOn(datasets: Datasets): SQL {
  if (datasets.length === 0) return sql`true`;
  const each = datasets.map(({ name, digest }) => sql`(v.dataset_name = ${name}${digest === null ? sql`` : sql` and v.dataset_digest = ${digest}`})`);
  return sql`(${sql.join(each, sql` or `)})`;
}

const metricRows = (key: string, datasets: Datasets) => sql`from model_metrics v where v.model_id = ${loggedModels.id} and v.key = ${key} and ${measuredOn(datasets)}`;

function columnOf({ scope, key }: FieldRef, field: string): Column {
  if (scope === "param") return { expression: sql`(${loggedModels.params} ->> ${key}::text)`, cast: "text" };
  if (scope === "tag") return { expression: sql`(${loggedModels.tags} ->> ${key}::text)`, cast: "text" };
  if (scope !== "attribute") throw new Invalid(`Logged models are searched by attributes, params, tags and metrics, not by ${scope}s.`, { field });
  const column = columns[key.toLowerCase()];
  if (column) return column;
  throw new Invalid(`Invalid attribute key '${key}' specified. Valid keys are '${Object.keys(columns).join("', '")}'`, { field });
}

export function modelCondition(condition: Condition, datasets: Datasets): SQL {
  if (condition.scope === "metric") {
    if (condition.comparator === "IS NULL") return sql`not exists (select 1 ${metricRows(condition.key, datasets)})`;
    if (condition.comparator === "IS NOT NULL") return sql`exists (select 1 ${metricRows(condition.key, datasets)})`;
    return sql`exists (select 1 ${metricRows(condition.key, datasets)} and v.value <> 'NaN'::float8 and ${compare(sql`v.value`, condition, "float8")})`;
  }
  const { expression, cast } = columnOf(condition, "filter");
  if (condition.comparator === "IS NULL") return sql`${expression} is null`;
  if (condition.comparator === "IS NOT NULL") return sql`${expression} is not null`;
  return compare(expression, condition, cast);
}

/** Of several values of a metric the latest sorts. */
export function modelSortTerm(field: FieldRef, descending: boolean, datasets: Datasets): SortTerm {
  if (field.scope === "metric") {
    return { expression: sql`(select nullif(v.value, 'NaN'::float8) ${metricRows(field.key, datasets)} order by v.timestamp desc, v.step desc limit 1)`, descending, cast: "float8" };
  }
  const { expression, cast } = columnOf(field, "order_by");
  return { expression: cast === "text" ? sql`(${expression} collate "C")` : expression, descending, cast };
}
