import { expect, expectAccessible, test } from "../fixtures";
import { api, project } from "../instance";
import { registerRecipe } from "./registered-recipe";
import { logModel, makeExperiment, unique } from "./tracked-run";

const recipe = unique("launch");

test.beforeAll(() => registerRecipe(recipe, `${recipe}-runs`));

test("a recipe's form shows the exact command as it is filled in, and says what is wrong", async ({ page }) => {
  await page.goto(`/${project}/experiments/launch`);
  await expectAccessible(page);
  await page.getByRole("link", { name: new RegExp(recipe) }).click();
  const panel = page.getByRole("complementary", { name: "What will run" });
  await expect(panel).toContainText("--steps 3");
  await expect(panel).toContainText("0.1 CPU");
  await page.getByLabel("Learning rate", { exact: true }).fill("0.25");
  await expect(panel).toContainText("--rate 0.25");
  await page.getByLabel("Steps", { exact: true }).fill("900");
  await expect(page.getByText("At most 500.")).toBeVisible();
  await page.getByRole("button", { name: "Launch" }).click();
  await expect(page.getByLabel("Steps", { exact: true })).toBeFocused();
  await expectAccessible(page);
});

test("on a phone the button stays in reach however long the form is", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  await expect(page.getByRole("button", { name: "Launch" })).toBeInViewport({ ratio: 1 });
  await page.getByLabel("Priority").scrollIntoViewIfNeeded();
  await expect(page.getByRole("button", { name: "Launch" })).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
});

test("launches, follows the log, and clones with the difference shown", async ({ page }) => {
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  await page.getByLabel("Run name").fill("first try");
  await page.getByRole("button", { name: "Launch" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "first try" })).toBeVisible();
  await page.getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("log")).toContainText("step 2", { timeout: 45_000 });
  await expect(page.locator("header").getByText("Succeeded")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Code & environment" }).click();
  await expect(page.getByText(/python3 train\.py/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clone and edit" }).click();
  const panel = page.getByRole("complementary", { name: "What will run" });
  await expect(panel).toContainText("Nothing yet: it would run the same again.");
  await page.getByLabel("Mode").selectOption("crash");
  await expect(panel.locator("del")).toHaveText("normal");
  await expect(panel.locator("ins")).toHaveText("crash");
  await expectAccessible(page);
});

test("stops a run that was launched", async ({ page }) => {
  await page.goto(`/${project}/experiments/launch?recipe=${recipe}`);
  await page.getByLabel("Steps", { exact: true }).fill("500");
  await page.getByRole("button", { name: "Launch" }).click();
  await expect(page.locator("header").getByText("Running")).toBeVisible({ timeout: 45_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.locator("header").getByText("Cancelled")).toBeVisible({ timeout: 30_000 });
});

test("a run that is queued says why as its job does, and leads there", async ({ page }) => {
  const large = unique("large");
  await registerRecipe(large, `${recipe}-runs`, { resources: { gpus: 64 } });
  await page.goto(`/${project}/experiments/launch?recipe=${large}`);
  await page.getByRole("button", { name: "Launch" }).click();
  const why = page.getByText(/Why it waits: It asks for 64 GPUs, more than any connected agent has/);
  await expect(why).toBeVisible();
  await expect(page.getByText("No estimate: no agent can run it now.")).toBeVisible();
  await page.getByRole("link", { name: "Logs" }).click();
  await expect(page.getByText("The job waits. Its log appears here, live, once it starts.")).toBeVisible();
  await expect(page.getByRole("log")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Open its job" }).click();
  await expect(page).toHaveURL(/\/compute\/jobs\//);
  await expect(why).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("header").getByText("Cancelled")).toBeVisible();
});

test("a logged model that is older than the list is long is found by its name", async ({ page }) => {
  const no = await makeExperiment(unique("many models"));
  const needle = unique("needle");
  for (const name of [needle, ...Array.from({ length: 101 }, (_, index) => `model ${index}`)]) await logModel(no, name);
  const scores = unique("scores");
  await registerRecipe(scores, `${recipe}-runs`, { inputs: { model: { type: "logged_model" } } });
  await page.goto(`/${project}/experiments/launch?recipe=${scores}`);
  const models = page.getByLabel("model", { exact: true });
  await expect(models.locator("option", { hasText: "model 100" })).toHaveCount(1);
  await expect(models.locator("option", { hasText: needle })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Find a logged model for model" }).fill(needle);
  const found = models.locator("option", { hasText: needle });
  await expect(found).toHaveCount(1);
  await models.selectOption(await found.getAttribute("value"));
  await page.getByRole("searchbox").fill("model 100");
  await expect(models.locator("option", { hasText: "model 100" })).toHaveCount(1);
  await expect(models.locator("option:checked")).toContainText(needle);
  await expectAccessible(page);
});

test("a recipe that is not there says so, beside those that are", async ({ page }) => {
  await page.goto(`/${project}/experiments/launch?recipe=not-there`);
  await expect(page.getByText("There is no recipe not-there in this project.")).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(recipe) })).toBeVisible();
});

test.describe("a delete that is refused until it is told", () => {
  test.use({ refusals: /status of 409/ });

  test("deleting an experiment where a job runs asks what to do with it", async ({ page }) => {
    const name = unique("doomed");
    const { experimentNo } = await api<{ experimentNo: number }>("POST", "/runs", { recipe, experiment: name, runName: "still-busy", parameters: { steps: 500 } });
    await page.goto(`/${project}/experiments/${experimentNo}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(dialog.getByRole("group", { name: "What is still at work" })).toContainText("still-busy");
    await expect(dialog.getByRole("button", { name: "Delete" })).toBeDisabled();
    await dialog.getByText("Stop", { exact: true }).click();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await api<{ jobs: { state: string }[] }>("GET", `/jobs?name=still-busy`)).jobs.map(({ state }) => state), { timeout: 30_000 }).toEqual(["cancelled"]);
  });
});
