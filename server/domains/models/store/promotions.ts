/** SQL of promotions, and of who may decide them. */
import { and, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { memberships, users } from "@/drizzle/schema/identity";
import { models, promotions } from "@/drizzle/schema/models";
import type { Db, Tx } from "@/server/platform/db";
import type { PromotionState } from "../contract";
import type { ModelRow } from "./models";

export type PromotionRow = typeof promotions.$inferSelect;

/** The id of the open promotion of a version to an alias; null when there is none. */
export async function findOpenPromotion(db: Db, versionId: string, alias: string): Promise<string | null> {
  const [row] = await db.select({ id: promotions.id }).from(promotions).where(and(eq(promotions.versionId, versionId), eq(promotions.alias, alias), eq(promotions.state, "pending")));
  return row?.id ?? null;
}

/** Held to the end of the transaction, so that it is decided once. */
export async function lockPromotion(tx: Tx, projectId: string, id: string): Promise<PromotionRow | null> {
  const [row] = await tx.select().from(promotions).where(and(eq(promotions.projectId, projectId), eq(promotions.id, id))).for("update");
  return row ?? null;
}

type PromotionFilter = { model: string | null; isPending: boolean; limit: number };

/** Promotions of a project, newest first, each with its model. */
export async function listPromotionRows(db: Db, projectId: string, { model, isPending, limit }: PromotionFilter): Promise<{ promotion: PromotionRow; model: ModelRow }[]> {
  const filters = [eq(promotions.projectId, projectId)];
  if (isPending) filters.push(eq(promotions.state, "pending"));
  if (model !== null) filters.push(eq(models.name, model));
  return db
    .select({ promotion: promotions, model: models })
    .from(promotions)
    .innerJoin(models, eq(models.id, promotions.modelId))
    .where(and(...filters))
    .orderBy(desc(promotions.id))
    .limit(limit);
}

/** One that is settled when it is asked is decided at that moment. */
export async function insertPromotion(tx: Tx, values: Omit<typeof promotions.$inferInsert, "decidedAt">): Promise<PromotionRow> {
  const [row] = await tx.insert(promotions).values({ ...values, decidedAt: values.state === "pending" ? null : sql`now()` }).returning();
  if (!row) throw new Error("the promotion was not made");
  return row;
}

type Decision = { state: PromotionState; decision: string; decidedByName: string; decidedByUserId: string | null };

/** Null when it is no longer open. */
export async function closePromotion(tx: Tx, id: string, decision: Decision): Promise<PromotionRow | null> {
  const [row] = await tx
    .update(promotions)
    .set({ ...decision, decidedAt: sql`now()` })
    .where(and(eq(promotions.id, id), eq(promotions.state, "pending")))
    .returning();
  return row ?? null;
}

/** Maintainers and owners of a project other than these people. */
export async function countApprovers(db: Db, projectId: string, except: string[]): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, projectId), inArray(memberships.role, ["maintainer", "owner"]), ...except.map((id) => ne(memberships.userId, id))));
  return row?.n ?? 0;
}
