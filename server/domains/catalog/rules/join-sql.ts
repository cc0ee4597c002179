/**
 * The point-in-time join as SQL: for each entity row, of each view the latest row whose event time is not after the
 * row's own, and not older than the view's TTL. Pure; tables are named by the caller.
 */
import { isInRange, sqlName, sqlText } from "@/server/platform/duckdb/quote";
import type { DatasetDefinition, FeatureServiceDefinition, FeatureViewDefinition } from "../contract/definition";

export type JoinView = { definition: FeatureViewDefinition; entityKey: string; table: string };

export type JoinPlan = {
  dataset: DatasetDefinition; service: FeatureServiceDefinition; views: readonly JoinView[]; rowsSql: string; share: number;
  /** The rows have a column `split` themselves, and the dataset defines none. */
  bringsSplit?: boolean;
};

export type NamedView = Pick<JoinView, "definition">;

/** The features that the views bring, in order. */
export function viewFeatureNames(service: FeatureServiceDefinition, views: readonly NamedView[]): string[] {
  return service.views.flatMap((use) => {
    const view = views.find((item) => item.definition.name === use.view);
    return use.features ?? view?.definition.features.map((feature) => feature.name) ?? [];
  });
}

/** The names a model takes, in order: each view's features, then the request's. */
export function featureNames(service: FeatureServiceDefinition, views: readonly NamedView[]): string[] {
  return [...viewFeatureNames(service, views), ...service.request.map((field) => field.name)];
}

function sampling({ dataset, share }: JoinPlan): string {
  if (!dataset.sample || share >= 1) return "";
  // By a hash of the value: the same rows in every build, whatever the order; the share is met to a millionth.
  return ` where md5_number_lower(${sqlName(dataset.sample.by)}::varchar) % 1000000 < ${Math.round(share * 1e6)}`;
}

function splitCase({ splits }: DatasetDefinition): string {
  const cases = Object.entries(splits).map(([name, range]) => `when ${isInRange(`e.${sqlName(range.column)}`, range)} then ${sqlText(name)}`);
  return cases.length > 0 ? `case ${cases.join(" ")} end` : "null::varchar";
}

function joinOf(plan: JoinPlan, index: number): { join: string; columns: string[] } {
  const use = plan.service.views[index];
  const view = plan.views.find((item) => item.definition.name === use?.view);
  if (!use || !view) throw new Error(`the service names the view ${use?.view}, which was not given`);
  const { definition, entityKey, table } = view;
  const alias = `v${index}`;
  const rowKey = use.join[entityKey] ?? entityKey;
  const time = `e.${sqlName(plan.dataset.event_time)}`;
  const eventTime = `${alias}.${sqlName(definition.event_time)}`;
  const isFresh = `${time} - ${eventTime} <= to_seconds(${definition.ttl})`;
  const names = use.features ?? definition.features.map((feature) => feature.name);
  return {
    join: `asof left join ${table} ${alias} on e.${sqlName(rowKey)} = ${alias}.${sqlName(entityKey)} and ${time} >= ${eventTime}`,
    columns: names.map((name) => `case when ${isFresh} then ${alias}.${sqlName(name)} end as ${sqlName(name)}`),
  };
}

/** One SELECT: all columns of the entity rows, the features, and `split`; in order of time, then id. */
export function joinSql(plan: JoinPlan): string {
  const { dataset, service, rowsSql } = plan;
  const joins = service.views.map((_, index) => joinOf(plan, index));
  const split = plan.bringsSplit ? [] : [`${splitCase(dataset)} as split`];
  const columns = ["e.*", ...joins.flatMap((join) => join.columns), ...split];
  return [
    `with entity_rows as (select * from (${rowsSql}\n)${sampling(plan)})`,
    `select ${columns.join(", ")} from entity_rows e`,
    ...joins.map((join) => join.join),
    `order by e.${sqlName(dataset.event_time)}, e.${sqlName(dataset.id)}`,
  ].join("\n");
}
