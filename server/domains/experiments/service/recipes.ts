import { createHash } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recipes } from "@/drizzle/schema/experiments";
import { canonicalJson } from "@/server/platform/audit/chain";
import { requireBlob } from "@/server/platform/blob-store/hold-blobs";
import type { Db } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { mutation, query } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import { type RecipeDefinition, RecipeRef, type RecipeView, RegisterRecipeInput } from "../contract/recipe";

type Row = typeof recipes.$inferSelect;

type KeyOrder = Record<"inputs" | "outputs" | "parameters", string[]>;
type Stored = RecipeDefinition & { keyOrder?: KeyOrder };

/** jsonb forgets the order of keys; forms and commands follow the author's. */
function withKeyOrder(definition: RecipeDefinition): Stored {
  const { inputs, outputs, parameters } = definition;
  return { ...definition, keyOrder: { inputs: Object.keys(inputs), outputs: Object.keys(outputs), parameters: Object.keys(parameters.properties) } };
}

function pick<T>(record: Record<string, T>, keys: string[] | undefined): Record<string, T> {
  return Object.fromEntries((keys ?? Object.keys(record)).flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
}

function inKeyOrder({ keyOrder, ...definition }: Stored): RecipeDefinition {
  const { inputs, outputs, parameters } = definition;
  return {
    ...definition,
    inputs: pick(inputs, keyOrder?.inputs),
    outputs: pick(outputs, keyOrder?.outputs),
    parameters: { ...parameters, properties: pick(parameters.properties, keyOrder?.parameters) },
  };
}

const viewOf = (row: Row): RecipeView => ({
  id: row.id, name: row.name, version: row.version, definition: inKeyOrder(row.definition as Stored), codeSha256: row.codeSha256,
  requirementsSha256: row.requirementsSha256, contentSha256: row.contentSha256, createdAt: row.createdAt,
});

/** A version by number, or the newest. */
export async function requireRecipe(db: Db, projectId: string, name: string, version: number | null): Promise<RecipeView> {
  const filters = [eq(recipes.projectId, projectId), eq(recipes.name, name)];
  if (version !== null) filters.push(eq(recipes.version, version));
  const [row] = await db.select().from(recipes).where(and(...filters)).orderBy(desc(recipes.version)).limit(1);
  if (!row) throw new NotFound(`There is no recipe ${name}${version === null ? "" : ` version ${version}`}.`);
  return viewOf(row);
}

/** The same content is the same version: registering it again changes nothing. */
export const registerRecipe = mutation("experiments.registerRecipe", "member", RegisterRecipeInput, async ({ tx, ctx, input, subject, publish }) => {
  const { definition, codeSha256, requirementsSha256 } = input;
  for (const [field, sha256] of [["codeSha256", codeSha256], ["requirementsSha256", requirementsSha256]] as const) {
    if (sha256) await requireBlob(tx, ctx.project.id, field, sha256);
  }
  const contentSha256 = createHash("sha256").update(canonicalJson(input)).digest("hex");
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`recipe ${ctx.project.id} ${definition.name}`}, 0))`);
  const [known] = await tx
    .select()
    .from(recipes)
    .where(and(eq(recipes.projectId, ctx.project.id), eq(recipes.name, definition.name), eq(recipes.contentSha256, contentSha256)));
  subject({ kind: "recipe", id: known?.id ?? definition.name, name: definition.name }, { contentSha256 });
  if (known) return viewOf(known);
  const last = await tx.execute<{ version: number | null }>(
    sql`select max(version) as version from recipes where project_id = ${ctx.project.id} and name = ${definition.name}`,
  );
  await tx.update(recipes).set({ isCurrent: 0 }).where(and(eq(recipes.projectId, ctx.project.id), eq(recipes.name, definition.name)));
  const [row] = await tx
    .insert(recipes)
    .values({ id: newId(), projectId: ctx.project.id, name: definition.name, version: (last.rows[0]?.version ?? 0) + 1, contentSha256, definition: withKeyOrder(definition), codeSha256, requirementsSha256 })
    .returning();
  if (!row) throw new Error("the recipe was not made");
  await putSearchEntry(tx, ctx.project.id, { kind: "recipe", objectId: definition.name, title: definition.name, detail: definition.description, path: `/experiments/launch?recipe=${definition.name}` });
  publish("recipes");
  return viewOf(row);
});

/** The newest version of each. */
export async function listCurrentRecipes(db: Db, projectId: string): Promise<RecipeView[]> {
  const rows = await db
    .select()
    .from(recipes)
    .where(and(eq(recipes.projectId, projectId), eq(recipes.isCurrent, 1)))
    .orderBy(recipes.name)
    .limit(500);
  return rows.map(viewOf);
}

export const listRecipes = query("experiments.listRecipes", "viewer", z.object({}), async ({ db, ctx }) => listCurrentRecipes(db, ctx.project.id));

export const getRecipe = query("experiments.getRecipe", "viewer", RecipeRef, async ({ db, ctx, input }) =>
  requireRecipe(db, ctx.project.id, input.name, input.version),
);
