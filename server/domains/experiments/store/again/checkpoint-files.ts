import { sql } from "drizzle-orm";
import type { Db } from "@/server/platform/db";
import type { TimedFile } from "../../rules/again/checkpoints";

/** Files that may be a checkpoint's, with paths below `root`; the newest ones, where there are very many. */
export async function readCheckpointFiles(db: Db, projectId: string, root: string, limit: number): Promise<TimedFile[]> {
  const result = await db.execute<{ path: string; size: number; at: Date | string }>(sql`
    select path, size, created_at as at from (
      select substr(path, ${root.length + 2}::int) as path, size, created_at from artifacts
      where project_id = ${projectId} and path >= ${`${root}/`} and path < ${`${root}0`}) own
    where path ~ '(^|/)checkpoints/' or path ~ '^checkpoint-[0-9]+/' order by created_at desc, path limit ${limit}`);
  return result.rows.map(({ path, size, at }) => ({ path, size: Number(size), at: new Date(at) }));
}
