/** Features as the catalog lists them: one row a feature of each view. */
import type { DefinitionView, FeatureStatistics } from "@/server/domains/catalog/contract/catalog";
import type { FeatureViewDefinition } from "@/server/domains/catalog/contract/definition";

export type FeatureRow = {
  id: string; name: string; view: string; entity: string; dtype: string; unit: string; description: string; owner: string; statistics: FeatureStatistics | null;
  usedBy: string[]; lastEventTime: Date | null; madeAt: Date | null;
};

/** Which services read a view. */
function servicesOf(definitions: readonly DefinitionView[], view: string): string[] {
  return definitions.flatMap((item) => (item.definition.kind === "feature_service" && item.definition.views.some((use) => use.view === view) ? [item.name] : []));
}

function rowsOfView(view: DefinitionView, definition: FeatureViewDefinition, usedBy: string[]): FeatureRow[] {
  return definition.features.map((feature) => ({
    id: `${view.name}:${feature.name}`, name: feature.name, view: view.name, entity: definition.entity, dtype: feature.dtype, unit: feature.unit, description: feature.description,
    owner: definition.owner, statistics: view.material?.statistics.find((item) => item.name === feature.name) ?? null, usedBy,
    lastEventTime: view.material?.lastEventTime ?? null, madeAt: view.material?.madeAt ?? null,
  }));
}

export function featureRows(definitions: readonly DefinitionView[]): FeatureRow[] {
  return definitions.flatMap((item) => (item.definition.kind === "feature_view" ? rowsOfView(item, item.definition, servicesOf(definitions, item.name)) : []));
}

export const nullShare = (statistics: FeatureStatistics | null): number | null =>
  statistics === null || statistics.count === 0 ? null : statistics.nulls / statistics.count;

/** Every word typed occurs in the feature's name, view, entity or description. */
export function matchesSearch(row: FeatureRow, text: string): boolean {
  const haystack = `${row.name} ${row.view} ${row.entity} ${row.description} ${row.owner}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => haystack.includes(word));
}
