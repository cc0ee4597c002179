/** Everything a dataset's join needs: its service, the views with their files, and the SQL of its rows. */
import type { Db } from "@/server/platform/db";
import { Invalid, NotFound } from "@/server/platform/errors";
import type { DatasetDefinition, EntityDefinition, FeatureServiceDefinition, FeatureViewDefinition } from "../contract/definition";
import type { JoinPlan, JoinView } from "../rules/join-sql";
import { type DefinitionRow, findDefinition, findDefinitions } from "../store/definitions";
import { hashInputs, type InputTable, sourceTables, tableOf } from "./material-input";

export type ServiceViews = { service: FeatureServiceDefinition; serviceRow: DefinitionRow; views: (JoinView & { row: DefinitionRow })[] };

export async function loadService(db: Db, projectId: string, name: string): Promise<ServiceViews> {
  const serviceRow = await findDefinition(db, projectId, "feature_service", name);
  if (!serviceRow) throw new NotFound(`There is no feature service ${name}.`);
  const service = serviceRow.definition as FeatureServiceDefinition;
  const rows = await findDefinitions(db, projectId, "feature_view", service.views.map((use) => use.view));
  const entities = await findDefinitions(db, projectId, "entity", rows.map((row) => (row.definition as FeatureViewDefinition).entity));
  const views = rows.map((row) => {
    const definition = row.definition as FeatureViewDefinition;
    const entity = entities.find((item) => item.name === definition.entity)?.definition as EntityDefinition | undefined;
    if (!entity) throw new Invalid(`The view ${row.name} names the entity ${definition.entity}, which is not in the catalog.`);
    return { definition, entityKey: entity.key, table: `"view ${row.name}"`, row };
  });
  return { service, serviceRow, views };
}

export type DatasetPlan = { plan: JoinPlan; tables: InputTable[]; inputSha256: string; row: DefinitionRow };

export async function planDataset(db: Db, projectId: string, name: string, sampleShare: number | null): Promise<DatasetPlan> {
  const row = await findDefinition(db, projectId, "dataset", name);
  if (!row) throw new NotFound(`There is no dataset definition ${name}.`);
  const dataset = row.definition as DatasetDefinition;
  const { service, serviceRow, views } = await loadService(db, projectId, dataset.service);
  const share = sampleShare ?? dataset.sample?.share ?? 1;
  if (share < 1 && !dataset.sample) throw new Invalid("sampleShare: the dataset does not say by which column rows are drawn.", { field: "sampleShare" });
  const viewTables: InputTable[] = [];
  for (const view of views) viewTables.push({ ...(await tableOf(db, view.row)), name: `view ${view.row.name}` });
  const tables = [...(await sourceTables(db, projectId, [dataset.source])), ...viewTables];
  const hashes = [row, serviceRow, ...views.map((view) => view.row)].map((item) => item.contentSha256).join(" ");
  const inputSha256 = hashInputs(hashes, tables, `share ${share}`);
  return { plan: { dataset, service, views, rowsSql: row.sqlText ?? "", share }, tables, inputSha256, row };
}
