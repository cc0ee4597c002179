/** What is wrong with a recipe. Not with the fixture that forbids console errors: the browser reports each refusal there. */
import { expect, test } from "@playwright/test";
import { api, ownerState, project } from "../../instance";
import { storeScript } from "../registered-recipe";
import { archiveFile, packedRecipe, recipeYaml } from "./packed-recipe";
import { unique } from "../tracked-run";

test.use({ storageState: ownerState });

test("what is wrong in recipe.yaml is said by line and field, and the file stays chosen", async ({ page }) => {
  const name = unique("wrong");
  await page.goto(`/${project}/experiments/launch`);
  await page.getByRole("button", { name: "Add a recipe" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a recipe" });
  await dialog.locator("input[type=file]").setInputFiles(archiveFile("wrong.tar.gz", packedRecipe(name, recipeYaml(name).replace("type: number", "type: float").replace("128MiB", "128MB"))));
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(dialog.getByRole("alert")).toContainText("line 9: parameters.properties.rate.type One of string, number, integer, boolean is needed.");
  await expect(dialog.getByRole("alert")).toContainText("line 10: resources.memory");
  await expect(dialog.getByText("wrong.tar.gz")).toBeVisible();
  await dialog.locator("input[type=file]").setInputFiles(archiveFile("notes.zip", Buffer.from("not a zip at all")));
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(dialog.getByRole("alert")).toContainText("it is neither a zip nor a tar.gz");
});

test("a text that its parameter's pattern refuses is said at its field, at once", async ({ page }) => {
  const name = unique("patterned");
  const parameters = { type: "object", properties: { tag: { type: "string", title: "Tag", pattern: "^(a+)+$", default: "a" } } };
  await api("POST", "/recipes", { definition: { kind: "recipe", name, experiment: `${name}-runs`, command: ["true"], parameters }, codeSha256: await storeScript("") });
  await page.goto(`/${project}/experiments/launch?recipe=${name}`);
  await page.getByLabel("Tag", { exact: true }).fill(`${"a".repeat(40)}!`);
  await page.getByRole("button", { name: "Launch" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "It must match ^(a+)+$." })).toBeVisible();
  await expect(page.getByLabel("Tag", { exact: true })).toHaveAttribute("aria-invalid", "true");
});
