/** Features as the catalog lists them: one row a feature of each view. */
import type { DefinitionView, FeatureStatistics, FreshnessView, ViewSkew } from "@/server/domains/catalog/contract/catalog";
import type { FeatureViewDefinition } from "@/server/domains/catalog/contract/definition";

export type FeatureRow = {
  id: string; name: string; view: string; entity: string; dtype: string; unit: string; description: string; owner: string; statistics: FeatureStatistics | null;
  usedBy: string[]; champions: string[]; freshness: FreshnessView | null;
  /** Share of reads in the newest shadow replay that differ from the dataset; null when it was in none. */
  skew: number | null;
};

/** What is asked of models: which has a champion, and which service completes its requests. */
export type ServedBy = { name: string; service: string | null; aliases: readonly { alias: string }[] };

/** Which services read a view. */
function servicesOf(definitions: readonly DefinitionView[], view: string): string[] {
  return definitions.flatMap((item) => (item.definition.kind === "feature_service" && item.definition.views.some((use) => use.view === view) ? [item.name] : []));
}

/** The models whose champion reads one of these services. */
export const championsOf = (models: readonly ServedBy[], services: readonly string[]): string[] =>
  models.filter((model) => model.service !== null && services.includes(model.service) && model.aliases.some(({ alias }) => alias === "champion")).map((model) => model.name);

export function skewShare(skew: ViewSkew | null, feature: string): number | null {
  const read = skew?.byFeature.find((one) => one.feature === feature);
  return read && read.values > 0 ? read.differing / read.values : null;
}

function rowsOfView(view: DefinitionView, definition: FeatureViewDefinition, usedBy: string[], champions: string[]): FeatureRow[] {
  return definition.features.map((feature) => ({
    id: `${view.name}:${feature.name}`, name: feature.name, view: view.name, entity: definition.entity, dtype: feature.dtype, unit: feature.unit, description: feature.description,
    owner: definition.owner, statistics: view.material?.statistics.find((item) => item.name === feature.name) ?? null, usedBy, champions, freshness: view.freshness, skew: skewShare(view.skew, feature.name),
  }));
}

export function featureRows(definitions: readonly DefinitionView[], models: readonly ServedBy[]): FeatureRow[] {
  return definitions.flatMap((item) => {
    if (item.definition.kind !== "feature_view") return [];
    const services = servicesOf(definitions, item.name);
    return rowsOfView(item, item.definition, services, championsOf(models, services));
  });
}

export const nullShare = (statistics: FeatureStatistics | null): number | null =>
  statistics === null || statistics.count === 0 ? null : statistics.nulls / statistics.count;

/** Every word typed occurs in the feature's name, view, entity or description. */
export function matchesSearch(row: FeatureRow, text: string): boolean {
  const haystack = `${row.name} ${row.view} ${row.entity} ${row.description} ${row.owner}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => haystack.includes(word));
}
