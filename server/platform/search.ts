/** The index behind ⌘K: domains upsert an entry when an object is made or renamed. */
import { type SQL, sql } from "drizzle-orm";
import { searchEntries } from "@/drizzle/schema/platform";
import { z } from "zod";
import type { Db } from "./db";
import { query } from "./mutation";

export type SearchEntry = { kind: string; objectId: string; title: string; detail?: string; path: string };

export async function putSearchEntry(db: Db, projectId: string, entry: SearchEntry): Promise<void> {
  const row = { ...entry, detail: entry.detail ?? "" };
  await db
    .insert(searchEntries)
    .values({ projectId, ...row })
    .onConflictDoUpdate({
      target: [searchEntries.projectId, searchEntries.kind, searchEntries.objectId],
      set: { title: row.title, detail: row.detail, path: row.path, updatedAt: sql`now()` },
    });
}

export async function removeSearchEntry(db: Db, projectId: string, kind: string, objectId: string): Promise<void> {
  await db.execute(sql`delete from search_entries where project_id = ${projectId} and kind = ${kind} and object_id = ${objectId}`);
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);

/** That every word of `text` is somewhere in `haystack`; of no words it always is. */
export function holdsWords(haystack: SQL, text: string): SQL {
  const matches = wordsOf(text).map((word) => sql`${haystack} ilike ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`);
  return matches.length > 0 ? sql.join(matches, sql` and `) : sql`true`;
}

/** Matches every word of `text` as a part of title or detail; titles that start with it come first. */
export async function findEntries(db: Db, projectId: string, text: string, limit: number): Promise<SearchEntry[]> {
  const words = wordsOf(text);
  const where = holdsWords(sql`(title || ' ' || detail)`, text);
  const first = `${(words[0] ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  const result = await db.execute<{ kind: string; object_id: string; title: string; detail: string; path: string }>(sql`
    select kind, object_id, title, detail, path from search_entries
    where project_id = ${projectId} and ${where}
    order by (title ilike ${first}) desc, updated_at desc limit ${limit}`);
  return result.rows.map((row) => ({
    kind: row.kind, objectId: row.object_id, title: row.title, detail: row.detail, path: row.path,
  }));
}

/** What of a kind is linked to an object, by name, the newest links first. What has no entry (deleted runs) is left out. */
export async function findLinkedTo(db: Db, projectId: string, to: { kind: string; id: string }, kind: string, limit: number): Promise<SearchEntry[]> {
  const result = await db.execute<{ kind: string; object_id: string; title: string; detail: string; path: string }>(sql`
    select e.kind, e.object_id, e.title, e.detail, e.path from links l
    join search_entries e on e.project_id = l.project_id and e.kind = l.from_kind and e.object_id = l.from_id
    where l.project_id = ${projectId} and l.to_kind = ${to.kind} and l.to_id = ${to.id} and l.from_kind = ${kind}
    order by l.created_at desc limit ${limit}`);
  return result.rows.map(({ object_id: objectId, ...row }) => ({ ...row, objectId }));
}

const SearchInput = z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(12) });

export const searchObjects = query("search.searchObjects", "viewer", SearchInput, async ({ db, ctx, input }) =>
  findEntries(db, ctx.project.id, input.text, input.limit),
);
