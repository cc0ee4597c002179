/** Typed edges across domains: lineage, "used by", and holds that forbid a delete. */
import { and, eq, or, sql } from "drizzle-orm";
import { links } from "@/drizzle/schema/platform";
import type { Db } from "./db";
import { Conflict } from "./errors";

export type LinkEnd = { kind: string; id: string };
export type Link = { from: LinkEnd; to: LinkEnd; relation: string; hold?: boolean };

type Row = typeof links.$inferInsert & { hold: boolean };

/** One row a link, which holds where any that says the same does. */
function rowsOf(projectId: string, edges: readonly Link[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { from, to, relation, hold = false } of edges) {
    const row = { projectId, fromKind: from.kind, fromId: from.id, toKind: to.kind, toId: to.id, relation };
    const key = JSON.stringify(row);
    rows.set(key, { ...row, hold: hold || (rows.get(key)?.hold ?? false) });
  }
  return [...rows.values()];
}

export async function addLinks(db: Db, projectId: string, edges: readonly Link[]): Promise<void> {
  if (edges.length === 0) return;
  await db
    .insert(links)
    .values(rowsOf(projectId, edges))
    // A link that holds is not weakened by one that says the same and does not.
    .onConflictDoUpdate({
      target: [links.projectId, links.fromKind, links.fromId, links.relation, links.toKind, links.toId],
      set: { hold: sql`${links.hold} or excluded.hold` },
      setWhere: sql`excluded.hold and not ${links.hold}`,
    });
}

/** What it was related to so far, of what is about to say anew. */
export async function removeRelation(db: Db, projectId: string, from: LinkEnd, relation: string): Promise<void> {
  await db.delete(links).where(and(eq(links.projectId, projectId), eq(links.fromKind, from.kind), eq(links.fromId, from.id), eq(links.relation, relation)));
}

/** Of what changed what it refers to, or is gone. */
export async function removeLinks(db: Db, projectId: string, from: LinkEnd, toKind: string): Promise<void> {
  await db.delete(links).where(and(eq(links.projectId, projectId), eq(links.fromKind, from.kind), eq(links.fromId, from.id), eq(links.toKind, toKind)));
}

export async function listLinks(db: Db, projectId: string, end: LinkEnd): Promise<Link[]> {
  const rows = await db
    .select()
    .from(links)
    .where(
      and(
        eq(links.projectId, projectId),
        or(
          and(eq(links.fromKind, end.kind), eq(links.fromId, end.id)),
          and(eq(links.toKind, end.kind), eq(links.toId, end.id)),
        ),
      ),
    )
    .orderBy(links.createdAt)
    .limit(1_000);
  return rows.map((row) => ({
    from: { kind: row.fromKind, id: row.fromId },
    to: { kind: row.toKind, id: row.toId },
    relation: row.relation,
    hold: row.hold,
  }));
}

/** Throws a Conflict that names the holder when something holds the target. */
export async function assertNotHeld(db: Db, projectId: string, target: LinkEnd, name: string): Promise<void> {
  const holders = await db
    .select({ kind: links.fromKind, id: links.fromId, relation: links.relation })
    .from(links)
    .where(
      and(eq(links.projectId, projectId), eq(links.toKind, target.kind), eq(links.toId, target.id), eq(links.hold, true)),
    )
    .limit(1);
  const holder = holders[0];
  if (holder) {
    throw new Conflict(`${name} is held: ${holder.kind} ${holder.id} ${holder.relation} it.`, { holder });
  }
}
