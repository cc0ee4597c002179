/** Versions of recipes: each is written once, and the newest of a name is its current one. */
import { and, desc, eq, sql } from "drizzle-orm";
import { recipes } from "@/drizzle/schema/experiments";
import type { Db, Tx } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { RecipeDefinition, RecipeSource } from "../contract/recipe";

export type RecipeRow = typeof recipes.$inferSelect;
type NewRecipe = Pick<RecipeRow, "projectId" | "name" | "contentSha256" | "codeSha256" | "requirementsSha256"> & { definition: RecipeDefinition; source: RecipeSource | null };

const ofName = (projectId: string, name: string) => and(eq(recipes.projectId, projectId), eq(recipes.name, name));

export async function readRecipe(db: Db, recipeId: string): Promise<RecipeRow | null> {
  const [row] = await db.select().from(recipes).where(eq(recipes.id, recipeId));
  return row ?? null;
}

/** A version by number, or the newest. */
export async function findRecipe(db: Db, projectId: string, name: string, version: number | null): Promise<RecipeRow | null> {
  const ofVersion = version === null ? undefined : eq(recipes.version, version);
  const [row] = await db.select().from(recipes).where(and(ofName(projectId, name), ofVersion)).orderBy(desc(recipes.version)).limit(1);
  return row ?? null;
}

export async function findRecipeByContent(db: Db, projectId: string, name: string, contentSha256: string): Promise<RecipeRow | null> {
  const [row] = await db.select().from(recipes).where(and(ofName(projectId, name), eq(recipes.contentSha256, contentSha256)));
  return row ?? null;
}

/** The newest version of each. */
export async function listCurrentRecipeRows(db: Db, projectId: string): Promise<RecipeRow[]> {
  return db
    .select()
    .from(recipes)
    .where(and(eq(recipes.projectId, projectId), eq(recipes.isCurrent, 1)))
    .orderBy(recipes.name)
    .limit(500);
}

/** Whoever registers under one name follows each other. */
export async function lockRecipeName(tx: Tx, projectId: string, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`recipe ${projectId} ${name}`}, 0))`);
}

/** Takes the next version, which is the current one from then on; the name must be locked. */
export async function insertRecipeVersion(tx: Tx, recipe: NewRecipe): Promise<RecipeRow> {
  const { projectId, name } = recipe;
  const last = await tx.execute<{ version: number | null }>(sql`select max(version) as version from recipes where project_id = ${projectId} and name = ${name}`);
  await tx.update(recipes).set({ isCurrent: 0 }).where(ofName(projectId, name));
  const [row] = await tx.insert(recipes).values({ id: newId(), ...recipe, version: (last.rows[0]?.version ?? 0) + 1 }).returning();
  if (!row) throw new Error("the recipe was not made");
  return row;
}
