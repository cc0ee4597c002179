import { sql, type SQL } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/server/platform/db";
import { Invalid } from "@/server/platform/errors";
import type { ListExperimentsInput } from "../../contract/experiment";
import type { Condition } from "../../rules/filter";
import { parseFilterInput, parseOrderInput } from "../../rules/parse-filter-input";
import { compare } from "./conditions";
import type { ExperimentRow } from "../experiments";
import { afterKey, decodePageToken, encodePageToken, orderBy, type SortTerm } from "./keyset";

const columns: Record<string, { expression: SQL; cast: "text" | "bigint" }> = {
  name: { expression: sql`e.name`, cast: "text" },
  experiment_id: { expression: sql`e.no`, cast: "bigint" },
  creation_time: { expression: sql`(extract(epoch from e.created_at) * 1000)::bigint`, cast: "bigint" },
  last_run_time: {
    expression: sql`(select max(r.start_time) from runs r where r.experiment_id = e.id and r.lifecycle_stage = 'active')`,
    cast: "bigint",
  },
  last_update_time: { expression: sql`(extract(epoch from e.updated_at) * 1000)::bigint`, cast: "bigint" },
};

function columnOf(key: string) {
  const column = columns[key];
  if (!column) throw new Invalid(`Invalid attribute key '${key}' specified. Valid keys are '${Object.keys(columns).join("', '")}'`, { field: "filter" });
  return column;
}

function conditionSql(condition: Condition): SQL {
  if (condition.scope === "tag") {
    return sql`exists (select 1 from experiment_tags v where v.experiment_id = e.id and v.key = ${condition.key} and ${compare(sql`v.value`, condition, "text")})`;
  }
  if (condition.scope !== "attribute") throw new Invalid("Experiments are searched by attributes and tags.", { field: "filter" });
  const { expression, cast } = columnOf(condition.key);
  return compare(expression, condition, cast);
}

type Search = z.output<typeof ListExperimentsInput>;

export async function listExperimentRows(db: Db, projectId: string, search: Search): Promise<{ rows: ExperimentRow[]; next: string | null }> {
  const asked: SortTerm[] = parseOrderInput(search.orderBy).map((key) => ({ ...columnOf(key.key), descending: key.descending }));
  const terms: SortTerm[] = [...asked, { ...columnOf("creation_time"), descending: true }, { expression: sql`e.no`, descending: true, cast: "bigint" }];
  const where = [sql`e.project_id = ${projectId}`, ...parseFilterInput(search.filter).map(conditionSql)];
  if (search.view !== "ALL") where.push(sql`e.lifecycle_stage = ${search.view === "ACTIVE_ONLY" ? "active" : "deleted"}`);
  if (search.pageToken) where.push(afterKey(terms, decodePageToken(search.pageToken, terms.length)));
  const keys = sql.join(terms.map((term, index) => sql`${term.expression} as ${sql.raw(`k${index}`)}`), sql`, `);
  const result = await db.execute<Record<string, string | number | null> & { row: ExperimentRow }>(sql`
    select ${keys}, e.id, e.project_id as "projectId", e.no, e.name, e.artifact_location as "artifactLocation",
      e.lifecycle_stage as "lifecycleStage", e.deleted_at as "deletedAt", e.created_at as "createdAt", e.updated_at as "updatedAt"
    from experiments e where ${sql.join(where, sql` and `)} order by ${orderBy(terms)} limit ${search.limit + 1}`);
  const page = result.rows.slice(0, search.limit);
  const last = page.at(-1);
  const next = result.rows.length > search.limit && last ? encodePageToken(terms.map((_, index) => last[`k${index}`] ?? null)) : null;
  return { rows: page.map(toRow), next };
}

function toRow(row: Record<string, unknown>): ExperimentRow {
  return {
    id: String(row.id), projectId: String(row.projectId), no: Number(row.no), name: String(row.name),
    artifactLocation: String(row.artifactLocation), lifecycleStage: String(row.lifecycleStage),
    deletedAt: row.deletedAt === null ? null : new Date(String(row.deletedAt)), createdAt: new Date(String(row.createdAt)), updatedAt: new Date(String(row.updatedAt)),
  };
}
