/** A dataset by its id or by name (its newest version that stays, else its newest temporary one): what jobs and evaluations read. */
import type { Db } from "@/server/platform/db";
import { Conflict, NotFound } from "@/server/platform/errors";
import type { DatasetDefinition } from "../contract/definition";
import { findDataset, findPreferredDataset } from "../store/datasets";

export type DatasetContent = { id: string; name: string; version: number; digest: string; blobSha256: string; rows: number; definition: DatasetDefinition };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export async function findDatasetContent(db: Db, projectId: string, nameOrId: string): Promise<DatasetContent> {
  const row = uuid.test(nameOrId) ? await findDataset(db, projectId, nameOrId) : await findPreferredDataset(db, projectId, nameOrId);
  if (!row) throw new NotFound(`There is no dataset ${nameOrId}: build it first.`);
  if (row.purgedAt) throw new Conflict(`The temporary dataset ${row.name} v${row.version} was purged on ${row.purgedAt.toISOString().slice(0, 10)}: build it again.`, { field: "dataset" });
  return {
    id: row.id, name: row.name, version: row.version, digest: row.blobSha256, blobSha256: row.blobSha256, rows: row.rows,
    definition: row.definition as DatasetDefinition,
  };
}
