/** Online reads: feature rows by key, judged for freshness on the clock of the request. */
import { database } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import { query } from "@/server/platform/mutation";
import type { OnlineStore, OnlineValue } from "@/server/platform/online-store/contract";
import { onlineStore } from "@/server/platform/online-store/store";
import { ReadOnlineInput } from "../contract/catalog";
import type { Dtype } from "../contract/definition";
import { onlineTable } from "../rules/online-table";
import { readValue } from "../rules/stream-rows";
import { loadService, type ServiceViews } from "./join-plan";
import { requireView } from "./materialize-online";

export type OnlineStatus = "PRESENT" | "NOT_FOUND" | "NULL_VALUE" | "OUTSIDE_MAX_AGE";
export type OnlineColumn = { name: string; dtype: Dtype; values: OnlineValue[]; statuses: OnlineStatus[]; eventTimes: (number | null)[] };

/** One view as a read needs it: which column of the request is its key, which of its values are wanted. */
export type ReadPlan = { view: string; table: string; key: string; ttlMs: number; features: { name: string; dtype: Dtype; index: number; output: string }[] };

const planCache = new Map<string, { plan: ReadPlan[]; until: number }>();
const planLivesMs = 2_000;

export function planOfService({ service, views }: ServiceViews): ReadPlan[] {
  return service.views.flatMap((use) => {
    const view = views.find((item) => item.definition.name === use.view);
    if (!view) return [];
    const wanted = use.features ?? view.definition.features.map((feature) => feature.name);
    const features = wanted.map((feature) => {
      const index = view.definition.features.findIndex((item) => item.name === feature);
      return { name: feature, dtype: view.definition.features[index]?.dtype ?? "float64", index, output: feature };
    });
    return [{ view: use.view, table: onlineTable(view.definition), key: use.join[view.entityKey] ?? view.entityKey, ttlMs: view.definition.ttl * 1_000, features }];
  });
}

async function planOfFeatures(projectId: string, references: readonly string[]): Promise<ReadPlan[]> {
  const byView = new Map<string, string[]>();
  for (const reference of references) {
    const [view, feature] = reference.split(":");
    if (!view || !feature) throw new Invalid(`features: ${JSON.stringify(reference)} is not view:feature.`, { field: "features" });
    byView.set(view, [...(byView.get(view) ?? []), feature]);
  }
  const plans: ReadPlan[] = [];
  for (const [name, wanted] of byView) {
    const { definition, entityKey } = await requireView(projectId, name);
    const features = wanted.map((feature) => {
      const index = definition.features.findIndex((item) => item.name === feature);
      if (index < 0) throw new NotFound(`The feature view ${name} has no feature ${feature}.`);
      return { name: feature, dtype: definition.features[index]?.dtype ?? "float64", index, output: feature };
    });
    plans.push({ view: name, table: onlineTable(definition), key: entityKey, ttlMs: definition.ttl * 1_000, features });
  }
  return plans;
}

/** Plans are kept for two seconds: a changed definition is served within that. */
export async function readPlan(projectId: string, service: string | null, features: readonly string[]): Promise<ReadPlan[]> {
  const key = `${projectId} ${service ?? features.join(" ")}`;
  const known = planCache.get(key);
  if (known && known.until > Date.now()) return known.plan;
  const plan = service ? planOfService(await loadService(database(), projectId, service)) : await planOfFeatures(projectId, features);
  if (planCache.size > 500) planCache.clear();
  planCache.set(key, { plan, until: Date.now() + planLivesMs });
  return plan;
}

/** Column-major values of every planned feature, a row for each key; `at` is a time in ms a row, or null for now. */
export function readColumns(store: OnlineStore, plan: readonly ReadPlan[], entities: Record<string, readonly (string | number)[]>, rows: number, at: readonly number[] | null): OnlineColumn[] {
  const columns: OnlineColumn[] = [];
  const now = Date.now();
  for (const { view, table, key, ttlMs, features } of plan) {
    const keys = entities[key];
    if (!keys) throw new Invalid(`entities.${key}: the join key of ${view} is missing.`, { field: `entities.${key}` });
    const made = features.map(({ output, dtype }): OnlineColumn => ({ name: output, dtype, values: [], statuses: [], eventTimes: [] }));
    for (let row = 0; row < rows; row += 1) {
      const time = at?.[row] ?? null;
      const found = store.get(table, String(keys[row]), time);
      const isOld = found !== null && (time ?? now) - found.eventTime > ttlMs;
      features.forEach(({ index, dtype }, position) => {
        const column = made[position];
        if (!column) return;
        const value = found && !isOld ? readValue(found.values[index] ?? null, dtype) : null;
        column.values.push(value);
        column.statuses.push(!found ? "NOT_FOUND" : isOld ? "OUTSIDE_MAX_AGE" : value === null ? "NULL_VALUE" : "PRESENT");
        column.eventTimes.push(found?.eventTime ?? null);
      });
    }
    columns.push(...made);
  }
  return columns;
}

function countRows(entities: Record<string, readonly unknown[]>, eventTimes: readonly number[] | null): number {
  const lengths = [...new Set(Object.values(entities).map((values) => values.length))];
  const [rows = 0] = lengths;
  if (lengths.length > 1) throw new Invalid("entities: the columns differ in length.", { field: "entities" });
  if (eventTimes && eventTimes.length !== rows) throw new Invalid(`eventTimes: ${eventTimes.length} values for ${rows} rows.`, { field: "eventTimes" });
  return rows;
}

export const readOnline = query("catalog.readOnline", "viewer", ReadOnlineInput, async ({ ctx, input }) => {
  const plan = await readPlan(ctx.project.id, input.service, input.features);
  const rows = countRows(input.entities, input.eventTimes);
  return { rows, columns: readColumns(onlineStore(ctx.project.id), plan, input.entities, rows, input.eventTimes) };
});
