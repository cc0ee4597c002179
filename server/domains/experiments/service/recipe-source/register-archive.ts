/** A recipe's folder as a person has it, packed: read, checked and registered as the SDK would have done. */
import { Readable } from "node:stream";
import { statBlob, storeBlob } from "@/server/platform/blob-store/blobs";
import type { ProjectContext } from "@/server/platform/context";
import { preparedMutation } from "@/server/platform/mutation";
import { RegisterRecipeArchiveInput, type RegisterRecipeInput } from "../../contract/recipe";
import { packCode } from "../../rules/recipe-source/pack-code";
import { type RecipeFolder, readRecipeFolder } from "../../rules/recipe-source/read-recipe";
import { keepRecipe } from "../recipes";
import { readArchive } from "./read-archive";

/** Its code and its requirements as content, named by what they hold. */
export async function storeFolder(ctx: ProjectContext, { definition, files, requirements }: RecipeFolder): Promise<typeof RegisterRecipeInput._output> {
  const store = async (content: Buffer) => (await storeBlob(ctx, Readable.from([content]), {})).sha256;
  return { definition, codeSha256: await store(await packCode(files)), requirementsSha256: requirements && (await store(requirements)) };
}

export const registerRecipeArchive = preparedMutation(
  "experiments.registerRecipeArchive",
  "member",
  RegisterRecipeArchiveInput,
  async ({ ctx, input }) => {
    await statBlob(ctx, input.sha256);
    return storeFolder(ctx, readRecipeFolder(await readArchive(input.sha256), input.folder));
  },
  async ({ tx, ctx, input, subject, publish }, registration) => {
    const recipe = await keepRecipe(tx, ctx.project.id, registration, { kind: "archive", fileName: input.fileName });
    subject({ kind: "recipe", id: recipe.id, name: recipe.name }, { version: recipe.version, contentSha256: recipe.contentSha256, fileName: input.fileName });
    publish("recipes");
    return recipe;
  },
);
