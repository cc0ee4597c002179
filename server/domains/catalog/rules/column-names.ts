/** Names of a dataset's columns: the rows' own, the views' features and `split` stand side by side in one table, each under a name of its own. Pure. */
import { Invalid } from "@/server/platform/errors";
import type { FeatureServiceDefinition } from "../contract/definition";
import { featureNames, type JoinPlan, type NamedView, viewFeatureNames } from "./join-sql";

/** DuckDB takes names that differ in case alone for one. */
const folded = (name: string) => name.toLowerCase();

const splitColumn = "split";

export function assertOwnFeatureNames(service: FeatureServiceDefinition, views: readonly NamedView[]): void {
  const seen = new Set<string>();
  for (const name of featureNames(service, views)) {
    if (seen.has(folded(name))) {
      throw new Invalid(`feature_service ${service.name}: two of its features are named ${name}. Name one of them anew, or say under features which of a view's are meant.`, { field: "views" });
    }
    seen.add(folded(name));
  }
}

/** Rows that say their split themselves need none from the definition. */
export const bringsSplit = (rowColumns: readonly string[]): boolean => rowColumns.some((name) => folded(name) === splitColumn);

export function assertOwnColumnNames({ dataset, service, views }: JoinPlan, rowColumns: readonly string[]): void {
  assertOwnFeatureNames(service, views);
  const ofRows = new Set(rowColumns.map(folded));
  const features = viewFeatureNames(service, views);
  const taken = features.find((name) => ofRows.has(folded(name)));
  if (taken) throw new Invalid(`dataset ${dataset.name}: its rows have the column ${taken}, which is also a feature of a view of ${service.name}. Name the column anew, or leave it out.`, { field: "sql" });
  if (features.some((name) => folded(name) === splitColumn)) throw new Invalid(`dataset ${dataset.name}: ${service.name} has the feature ${splitColumn}, which is the name of the column that says a row's split.`, { field: "service" });
  if (bringsSplit(rowColumns) && Object.keys(dataset.splits).length > 0) {
    throw new Invalid(`dataset ${dataset.name}: its rows have the column ${splitColumn}, and it defines splits. Name the column anew, or define none.`, { field: "splits" });
  }
}
