import { and, eq, sql } from "drizzle-orm";
import { artifacts } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import type { ArtifactRow } from "../contract/artifact";

export type ArtifactEntry = { path: string; isDir: boolean; size: number | null; sha256: string | null };

/** Everything under `folder` sorts between these two: "/" is 0x2f, "0" is 0x30. */
const below = (folder: string) => (folder === "" ? sql`true` : sql`${artifacts.path} >= ${`${folder}/`} and ${artifacts.path} < ${`${folder}0`}`);

export async function putArtifactRow(tx: Tx, projectId: string, row: ArtifactRow): Promise<void> {
  await tx
    .insert(artifacts)
    .values({ projectId, ...row })
    .onConflictDoUpdate({ target: [artifacts.projectId, artifacts.path], set: { sha256: row.sha256, size: row.size, createdAt: sql`now()` } });
}

export async function findArtifact(db: Db, projectId: string, path: string): Promise<ArtifactRow | null> {
  const [row] = await db
    .select({ path: artifacts.path, sha256: artifacts.sha256, size: artifacts.size })
    .from(artifacts)
    .where(and(eq(artifacts.projectId, projectId), eq(artifacts.path, path)));
  return row ?? null;
}

/** Files and folders right below `folder`, folders once each. */
export async function listArtifactEntries(db: Db, projectId: string, folder: string, limit: number): Promise<ArtifactEntry[]> {
  const start = folder === "" ? 1 : folder.length + 2;
  const rest = sql`substr(${artifacts.path}, ${start})`;
  const result = await db.execute<{ name: string; is_dir: boolean; size: number | null; sha256: string | null }>(sql`
    select split_part(${rest}, '/', 1) as name, bool_or(position('/' in ${rest}) > 0) as is_dir,
      max(size) filter (where position('/' in ${rest}) = 0) as size, max(sha256) filter (where position('/' in ${rest}) = 0) as sha256
    from artifacts where project_id = ${projectId} and ${below(folder)} group by 1 order by 1 limit ${limit}`);
  return result.rows.map((row) => ({
    path: folder === "" ? row.name : `${folder}/${row.name}`, isDir: row.is_dir, size: row.is_dir ? null : row.size, sha256: row.is_dir ? null : row.sha256,
  }));
}

/** Every file below `folder`. */
export async function listArtifactFiles(db: Db, projectId: string, folder: string, limit: number): Promise<ArtifactRow[]> {
  return db
    .select({ path: artifacts.path, sha256: artifacts.sha256, size: artifacts.size })
    .from(artifacts)
    .where(and(eq(artifacts.projectId, projectId), below(folder)))
    .orderBy(artifacts.path)
    .limit(limit);
}

export async function deleteArtifactRows(tx: Tx, projectId: string, path: string): Promise<number> {
  const gone = await tx
    .delete(artifacts)
    .where(and(eq(artifacts.projectId, projectId), sql`(${artifacts.path} = ${path} or ${below(path)})`))
    .returning({ path: artifacts.path });
  return gone.length;
}
