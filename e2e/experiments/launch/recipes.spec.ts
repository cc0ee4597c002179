import { startGitServer } from "../../../server/domains/experiments/testing/git-server";
import { expect, expectAccessible, test } from "../../fixtures";
import { api, project } from "../../instance";
import { archiveFile, packedRecipe, recipeScript, recipeYaml, storeContent } from "./packed-recipe";
import { logMetric, unique } from "../tracked-run";

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
    const commit = server.commit("models", { files: { "README.md": "Models.", "ml/recipe.yaml": recipeYaml(name), "ml/train.py": recipeScript } }, true);
    await page.goto(`/${project}/experiments/launch`);
    await page.getByRole("button", { name: "Add a recipe" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a recipe" });
    await dialog.getByText("Git", { exact: true }).click();
    await dialog.getByLabel("Repository").fill(server.urlOf("models"));
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Register" }).click();
    await expect(dialog.getByRole("alert")).toContainText("There is one at ml/recipe.yaml", { timeout: 45_000 });
    await dialog.getByLabel("Folder").fill("ml");
    await dialog.getByRole("button", { name: "Register" }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Launch ${name}` })).toBeVisible({ timeout: 45_000 });
    await expect(page.getByText(`models/ml@${commit.slice(0, 7)}`)).toBeVisible();
    await page.getByRole("button", { name: "Launch", exact: true }).click();
    await page.getByRole("link", { name: "Logs" }).click();
    await expect(page.getByRole("log")).toContainText("the arguments are ['--rate', '0.1']", { timeout: 45_000 });
  } finally {
    await server.stop();
  }
});

test("a recipe's promises stand in its form and on its runs, and one that was not kept is said", async ({ page }) => {
  const name = unique("promised");
  const promises = `metrics:
  cost: { direction: maximize, unit: EUR, description: What it earned. }
  delay: { direction: minimize, unit: ms }
`;
  const recipe = `${recipeYaml(name).replace("title: Learning rate", "title: Learning rate, unit: per step")}${promises}`;
  const { sha256 } = await storeContent(packedRecipe(name, recipe));
  await api("POST", "/recipes/archive", { sha256, fileName: "promised.tar.gz" });
  await page.goto(`/${project}/experiments/launch?recipe=${name}`);
  const panel = page.getByRole("complementary", { name: "What will run" });
  await expect(panel.getByRole("listitem").filter({ hasText: "delay" })).toContainText("lower is better");
  await expect(panel.getByRole("listitem").filter({ hasText: "cost" })).toContainText("What it earned.");
  await expect(page.getByText("per step", { exact: true })).toBeVisible();
  await expectAccessible(page);
  const launched = await api<{ runId: string; runHex: string; experimentNo: number }>("POST", "/runs", { recipe: name });
  await logMetric(launched.runHex, "cost", 2, 0);
  await logMetric(launched.runHex, "cost", 1, 1);
  await page.goto(`/${project}/experiments/runs/${launched.runHex}/overview`);
  await expect(page.getByRole("listitem").filter({ hasText: "What it earned." })).toContainText("best 2");
  await expect(page.getByText("It ended well without logging delay, which its recipe promises.")).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("listitem").filter({ hasText: "lower is better" })).toContainText("not logged");
  await expectAccessible(page);
  await page.goto(`/${project}/experiments/${launched.experimentNo}`);
  await expect(page.getByRole("columnheader", { name: /cost/ })).toBeVisible();
});
