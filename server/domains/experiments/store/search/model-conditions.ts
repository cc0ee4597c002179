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

function columnOf({ scope, key }: FieldRef, field: string): Column {
  if (scope === "param") return { expression: sql`(${loggedModels.params} ->> ${key}::text)`, cast: "text" };
  if (scope === "tag") return { expression: sql`(${loggedModels.tags} ->> ${key}::text)`, cast: "text" };
  if (scope !== "attribute") throw new Invalid(`A logged model keeps no ${scope}s of its own here: search the runs that logged it.`, { field });
  const column = columns[key.toLowerCase()];
  if (column) return column;
  throw new Invalid(`Invalid attribute key '${key}' specified. Valid keys are '${Object.keys(columns).join("', '")}'`, { field });
}

export function modelCondition(condition: Condition): SQL {
  const { expression, cast } = columnOf(condition, "filter");
  if (condition.comparator === "IS NULL") return sql`${expression} is null`;
  if (condition.comparator === "IS NOT NULL") return sql`${expression} is not null`;
  return compare(expression, condition, cast);
}

export function modelSortTerm(field: FieldRef, descending: boolean): SortTerm {
  const { expression, cast } = columnOf(field, "order_by");
  return { expression: cast === "text" ? sql`(${expression} collate "C")` : expression, descending, cast };
}
