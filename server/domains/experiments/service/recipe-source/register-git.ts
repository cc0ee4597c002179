/** A recipe from a git repository: fetched by the worker, at the commit that the ref names then. */
import { z } from "zod";
import { database } from "@/server/platform/db";
import { Invalid } from "@/server/platform/errors";
import { seal, unseal } from "@/server/platform/identity/seal";
import { publishLive } from "@/server/platform/live/publish";
import { preparedMutation } from "@/server/platform/mutation";
import { defineOperation, startOperation } from "@/server/platform/operations";
import { RegisterRecipeFromGitInput } from "../../contract/recipe";
import { readRecipeFolder } from "../../rules/recipe-source/read-recipe";
import { keepRecipe } from "../recipes";
import { assertScheme, gitGuard } from "./git-http";
import { readRepository } from "./read-repository";
import { storeFolder } from "./register-archive";

const purpose = "slipway git tokens";
const { url, ref, folder } = RegisterRecipeFromGitInput.shape;
const Payload = z.object({ url, ref, folder, sealedToken: z.string().nullable().default(null) });

const register = defineOperation({
  kind: "register-recipe",
  schema: Payload,
  queue: "register-recipe",
  forgets: ["sealedToken"],
  run: async ({ ctx, payload, progress }) => {
    const { sealedToken, ...from } = payload;
    await progress("fetching the repository", null);
    const token = sealedToken === null ? null : unseal(purpose, sealedToken);
    const { commit, files } = await readRepository({ ...from, token }, (at) => progress(`reading commit ${at.slice(0, 7)}`, null));
    const registration = await storeFolder(ctx, readRecipeFolder(files));
    const recipe = await database().transaction((tx) => keepRecipe(tx, ctx.project.id, registration, { kind: "git", ...from, commit }));
    publishLive(ctx.project.id, ["recipes"]);
    return { recipeId: recipe.id, name: recipe.name, version: recipe.version, isNew: recipe.isNew, commit };
  },
});

export const registerRecipeFromGit = preparedMutation(
  "experiments.registerRecipeFromGit",
  "member",
  RegisterRecipeFromGitInput,
  async ({ input }) => {
    assertScheme(new URL(input.url));
    const refusal = await gitGuard.refusalOf(input.url);
    if (refusal) throw new Invalid(refusal, { field: "url" });
  },
  async (write) => {
    const { token, ...from } = write.input;
    write.subject({ kind: "recipe", id: from.url, name: from.url }, from);
    return startOperation(write, register, { kind: "recipe", id: from.url, name: from.url }, { ...from, sealedToken: token === null ? null : seal(purpose, token) });
  },
);
