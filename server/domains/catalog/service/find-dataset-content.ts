/** A dataset by its id or by name (its newest version): what jobs and evaluations read. */
import { and, desc, eq } from "drizzle-orm";
import { datasets } from "@/drizzle/schema/catalog";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import type { DatasetDefinition } from "../contract/definition";

export type DatasetContent = { id: string; name: string; version: number; digest: string; blobSha256: string; rows: number; definition: DatasetDefinition };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export async function findDatasetContent(db: Db, projectId: string, nameOrId: string): Promise<DatasetContent> {
  const [row] = await db
    .select()
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), uuid.test(nameOrId) ? eq(datasets.id, nameOrId) : eq(datasets.name, nameOrId)))
    .orderBy(desc(datasets.version))
    .limit(1);
  if (!row) throw new NotFound(`There is no dataset ${nameOrId}: build it first.`);
  return {
    id: row.id, name: row.name, version: row.version, digest: row.blobSha256, blobSha256: row.blobSha256, rows: row.rows,
    definition: row.definition as DatasetDefinition,
  };
}
