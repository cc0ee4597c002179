import { and, asc, eq, or, type SQL, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/identity";
import { savedViews } from "@/drizzle/schema/saved-views";
import type { Db, Tx } from "@/server/platform/db";

export type SavedViewRow = typeof savedViews.$inferSelect & { ownerName: string };

/** Of one person, and shared ones of one experiment: what a person sees is never more than both. */
export const ownAtMost = 100;
export const sharedAtMost = 400;
/** Cuts nothing: more are refused when they are saved or shared. Room is for those that were at the same moment. */
const listedAtMost = ownAtMost + sharedAtMost + 100;

async function selectViews(db: Db, where: SQL | undefined): Promise<SavedViewRow[]> {
  const rows = await db
    .select({ view: savedViews, ownerName: users.name })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(where)
    .orderBy(asc(savedViews.name), asc(savedViews.id))
    .limit(listedAtMost);
  return rows.map(({ view, ownerName }) => ({ ...view, ownerName }));
}

type Place = { projectId: string; kind: string; experimentId: string };

const isVisible = (personId: string | null) => or(savedViews.isShared, personId === null ? undefined : eq(savedViews.ownerId, personId));

/** Shared ones, and those of this person. */
export function listVisibleViews(db: Db, { projectId, kind, experimentId }: Place, personId: string | null): Promise<SavedViewRow[]> {
  return selectViews(db, and(eq(savedViews.projectId, projectId), eq(savedViews.kind, kind), eq(savedViews.experimentId, experimentId), isVisible(personId)));
}

export async function findVisibleView(db: Db, projectId: string, viewId: string, personId: string | null): Promise<SavedViewRow | null> {
  const [row] = await selectViews(db, and(eq(savedViews.projectId, projectId), eq(savedViews.id, viewId), isVisible(personId)));
  return row ?? null;
}

export async function countOwnViews(db: Db, { projectId, kind, experimentId }: Place, ownerId: string): Promise<number> {
  return db.$count(savedViews, and(eq(savedViews.projectId, projectId), eq(savedViews.kind, kind), eq(savedViews.experimentId, experimentId), eq(savedViews.ownerId, ownerId)));
}

export async function countSharedViews(db: Db, { projectId, kind, experimentId }: { projectId: string; kind: string; experimentId: string | null }): Promise<number> {
  const ofPlace = experimentId === null ? sql`${savedViews.experimentId} is null` : eq(savedViews.experimentId, experimentId);
  return db.$count(savedViews, and(eq(savedViews.projectId, projectId), eq(savedViews.kind, kind), ofPlace, savedViews.isShared));
}

/** False where the name is taken. */
export async function insertView(tx: Tx, values: typeof savedViews.$inferInsert): Promise<boolean> {
  const made = await tx.insert(savedViews).values(values).onConflictDoNothing().returning({ id: savedViews.id });
  return made.length > 0;
}

export async function updateViewRow(tx: Tx, view: SavedViewRow, change: Partial<Pick<SavedViewRow, "name" | "query" | "isShared">>): Promise<void> {
  await tx.update(savedViews).set({ ...change, updatedAt: sql`now()` }).where(eq(savedViews.id, view.id));
}

/** Another view where this name already stands. */
export async function findNamesake(db: Db, view: Pick<SavedViewRow, "id" | "projectId" | "kind" | "experimentId" | "ownerId" | "name" | "isShared">): Promise<boolean> {
  const { id, projectId, kind, experimentId, ownerId, name, isShared } = view;
  const [row] = await db
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(and(
      eq(savedViews.projectId, projectId), eq(savedViews.kind, kind), eq(savedViews.name, name), eq(savedViews.isShared, isShared),
      experimentId === null ? sql`${savedViews.experimentId} is null` : eq(savedViews.experimentId, experimentId),
      isShared ? undefined : eq(savedViews.ownerId, ownerId), sql`${savedViews.id} <> ${id}`,
    ))
    .limit(1);
  return row !== undefined;
}

export async function deleteViewRow(tx: Tx, viewId: string): Promise<void> {
  await tx.delete(savedViews).where(eq(savedViews.id, viewId));
}
