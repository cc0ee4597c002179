import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "@/server/platform/audit/chain";
import { requireBlob } from "@/server/platform/blob-store/hold-blobs";
import type { Db, Tx } from "@/server/platform/db";
import { NotFound } from "@/server/platform/errors";
import { mutation, query } from "@/server/platform/mutation";
import { putSearchEntry } from "@/server/platform/search";
import type { RunPromises } from "../contract/run";
import { type RecipeDefinition, RecipeRef, type RecipeSource, type RecipeView, type RegisteredRecipe, RegisterRecipeInput } from "../contract/recipe";
import { CheckedRecipe } from "../rules/recipe-source/checked-recipe";
import { findRecipe, findRecipeByContent, insertRecipeVersion, listCurrentRecipeRows, lockRecipeName, type RecipeRow, readRecipe } from "../store/recipes";

type KeyOrder = Record<"inputs" | "outputs" | "parameters", string[]> & { metrics?: string[] };
type Stored = RecipeDefinition & { keyOrder?: KeyOrder };

/** jsonb forgets the order of keys; forms and commands follow the author's. */
function withKeyOrder(definition: RecipeDefinition): Stored {
  const { inputs, outputs, parameters, metrics = {} } = definition;
  return { ...definition, keyOrder: { inputs: Object.keys(inputs), outputs: Object.keys(outputs), parameters: Object.keys(parameters.properties), metrics: Object.keys(metrics) } };
}

function pick<T>(record: Record<string, T>, keys: string[] | undefined): Record<string, T> {
  return Object.fromEntries((keys ?? Object.keys(record)).flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
}

function inKeyOrder({ keyOrder, ...definition }: Stored): RecipeDefinition {
  const { inputs, outputs, parameters, metrics } = definition;
  return {
    ...definition,
    ...(metrics ? { metrics: pick(metrics, keyOrder?.metrics) } : {}),
    inputs: pick(inputs, keyOrder?.inputs),
    outputs: pick(outputs, keyOrder?.outputs),
    parameters: { ...parameters, properties: pick(parameters.properties, keyOrder?.parameters) },
  };
}

const viewOf = (row: RecipeRow): RecipeView => ({
  id: row.id, name: row.name, version: row.version, definition: inKeyOrder(row.definition as Stored), codeSha256: row.codeSha256,
  requirementsSha256: row.requirementsSha256, contentSha256: row.contentSha256, source: row.source as RecipeSource | null, createdAt: row.createdAt,
});

/** What the recipe of a launched run says of its metrics and parameters. */
export async function findPromises(db: Db, recipeId: string | null): Promise<RunPromises | null> {
  if (recipeId === null) return null;
  const row = await readRecipe(db, recipeId);
  if (!row) return null;
  const { metrics = {}, parameters } = inKeyOrder(row.definition as Stored);
  const units = Object.entries(parameters.properties).flatMap(([name, { unit }]): [string, string][] => (unit ? [[name, unit]] : []));
  return { metrics: Object.entries(metrics).map(([key, promise]) => ({ key, ...promise })), units: Object.fromEntries(units) };
}

/** A version by number, or the newest. */
export async function requireRecipe(db: Db, projectId: string, name: string, version: number | null): Promise<RecipeView> {
  const row = await findRecipe(db, projectId, name, version);
  if (!row) throw new NotFound(`There is no recipe ${name}${version === null ? "" : ` version ${version}`}.`);
  return viewOf(row);
}

type Registration = z.output<typeof RegisterRecipeInput>;

/** The same content is the same version: it is registered once, and keeps where it came from first. */
export async function keepRecipe(tx: Tx, projectId: string, registration: Registration, source: RecipeSource | null): Promise<RegisteredRecipe> {
  const { definition, codeSha256, requirementsSha256 } = registration;
  for (const [field, sha256] of [["codeSha256", codeSha256], ["requirementsSha256", requirementsSha256]] as const) {
    if (sha256) await requireBlob(tx, projectId, field, sha256);
  }
  const contentSha256 = createHash("sha256").update(canonicalJson(registration)).digest("hex");
  await lockRecipeName(tx, projectId, definition.name);
  const known = await findRecipeByContent(tx, projectId, definition.name, contentSha256);
  if (known) return { ...viewOf(known), isNew: false };
  const row = await insertRecipeVersion(tx, { projectId, name: definition.name, contentSha256, definition: withKeyOrder(definition), codeSha256, requirementsSha256, source });
  await putSearchEntry(tx, projectId, { kind: "recipe", objectId: definition.name, title: definition.name, detail: definition.description, path: `/experiments/launch?recipe=${definition.name}` });
  return { ...viewOf(row), isNew: true };
}

export const registerRecipe = mutation("experiments.registerRecipe", "member", RegisterRecipeInput.extend({ definition: CheckedRecipe }), async ({ tx, ctx, input, subject, publish }) => {
  const recipe = await keepRecipe(tx, ctx.project.id, input, null);
  subject({ kind: "recipe", id: recipe.id, name: recipe.name }, { version: recipe.version, contentSha256: recipe.contentSha256 });
  publish("recipes");
  return recipe;
});

/** The newest version of each. */
export async function listCurrentRecipes(db: Db, projectId: string): Promise<RecipeView[]> {
  return (await listCurrentRecipeRows(db, projectId)).map(viewOf);
}

export const listRecipes = query("experiments.listRecipes", "viewer", z.object({}), async ({ db, ctx }) => listCurrentRecipes(db, ctx.project.id));

export const getRecipe = query("experiments.getRecipe", "viewer", RecipeRef, async ({ db, ctx, input }) =>
  requireRecipe(db, ctx.project.id, input.name, input.version),
);
