import { startGitServer } from "../../../server/domains/experiments/testing/git-server";
import { expect, expectAccessible, test } from "../../fixtures";
import { project } from "../../instance";
import { archiveFile, packedRecipe, recipeScript, recipeYaml } from "./packed-recipe";
import { unique } from "../tracked-run";

test("a packed folder is uploaded, becomes a version, and runs", async ({ page }) => {
  const name = unique("uploaded");
  await page.goto(`/${project}/experiments/launch`);
  await page.getByRole("button", { name: "Add a recipe" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a recipe" });
  await expect(dialog.getByRole("button", { name: "Register" })).toBeDisabled();
  await expectAccessible(page);
  await dialog.locator("input[type=file]").setInputFiles(archiveFile("train.tar.gz", packedRecipe(name, recipeYaml(name), "train/")));
  await expect(dialog.getByText("train.tar.gz")).toBeVisible();
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Launch ${name}` })).toBeVisible();
  await expect(page.getByText("v1 from train.tar.gz")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Learning rate", { exact: true }).fill("0.25");
  await page.getByRole("button", { name: "Launch", exact: true }).click();
  await page.getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("log")).toContainText("the arguments are ['--rate', '0.25']", { timeout: 45_000 });
});

test("the same folder is the same version, however it was packed", async ({ page }) => {
  const name = unique("same");
  for (const below of ["", `${name}/`]) {
    await page.goto(`/${project}/experiments/launch`);
    await page.getByRole("button", { name: "Add a recipe" }).click();
    await page.getByRole("dialog").locator("input[type=file]").setInputFiles(archiveFile("same.tar.gz", packedRecipe(name, recipeYaml(name), below)));
    await page.getByRole("button", { name: "Register" }).click();
    await expect(page.getByText(below === "" ? `${name} v1 registered` : `This is ${name} v1 already`)).toBeVisible();
  }
});

test("a repository's folder is fetched by the worker, and its commit is shown", async ({ page }) => {
  const server = await startGitServer();
  try {
    const name = unique("cloned");
    const commit = server.commit("models", { files: { "ml/recipe.yaml": recipeYaml(name), "ml/train.py": recipeScript } }, true);
    await page.goto(`/${project}/experiments/launch`);
    await page.getByRole("button", { name: "Add a recipe" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a recipe" });
    await dialog.getByText("Git repository").click();
    await dialog.getByLabel("Repository").fill(server.urlOf("models"));
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Register" }).click();
    await expect(dialog.getByRole("alert")).toContainText("There is one at ml/recipe.yaml");
    await dialog.getByLabel("Folder").fill("ml");
    await dialog.getByRole("button", { name: "Register" }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Launch ${name}` })).toBeVisible();
    await expect(page.getByText(`models/ml@${commit.slice(0, 7)}`)).toBeVisible();
    await page.getByRole("button", { name: "Launch", exact: true }).click();
    await page.getByRole("link", { name: "Logs" }).click();
    await expect(page.getByRole("log")).toContainText("the arguments are ['--rate', '0.1']", { timeout: 45_000 });
  } finally {
    await server.stop();
  }
});
