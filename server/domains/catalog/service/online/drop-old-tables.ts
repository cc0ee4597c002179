/** Rows that a view wrote before its features changed: no read finds them any more. */
import { database } from "@/server/platform/db";
import { onlineStore } from "@/server/platform/online-store/store";
import type { FeatureViewDefinition } from "../../contract/definition";
import { onlineTable } from "../../rules/online-table";
import { findDefinition } from "../../store/definitions";

/** The definition is read after the tables: whoever wrote last may have begun before the change, and a table that is newer is not among them. */
export async function dropOldTables(projectId: string, view: string): Promise<void> {
  const store = onlineStore(projectId);
  const tables = store.tables(view);
  if (tables.length < 2) return;
  const row = await findDefinition(database(), projectId, "feature_view", view);
  if (!row) return;
  const own = onlineTable(row.definition as FeatureViewDefinition);
  for (const table of tables) if (table !== own) await store.drop(table);
}
