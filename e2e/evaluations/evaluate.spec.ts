/** Evaluating from the browser: one dialog, then the evaluation from its first moment to its numbers, and what is refused. */
import { expect, expectAccessible, test } from "../fixtures";
import { api, project } from "../instance";
import { evaluate, makeTinyProject, type TinyProject, train, type Trained } from "../models/tiny-project";

let tiny: TinyProject;
let steady: Trained;
let blind: Trained;
let sound: Trained;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  tiny = await makeTinyProject();
  [steady, blind, sound] = [await train(tiny, "steady"), await train(tiny, "night-blind"), await train(tiny, "sound")];
});

test("a run's model is evaluated in one dialog, and shown from scoring to its numbers", async ({ page }) => {
  await page.goto(`/${project}/experiments/runs/${steady.runHex}`);
  await page.getByRole("button", { name: "Evaluate" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Model")).toHaveValue(steady.loggedModelId);
  await dialog.getByLabel("Suite").selectOption(tiny.suite);
  await expect(dialog.getByLabel("Dataset")).toHaveValue(tiny.datasetId);
  await dialog.getByLabel("Scored by").selectOption(tiny.score);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Evaluate" }).click();
  await expect(page).toHaveURL(/\/evaluations\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "steady" })).toBeVisible();
  await expect(page.getByRole("figure", { name: "Calibration" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Better than the base rate alone/)).toBeVisible();
  await expect(page.getByText(/bootstrap of whole clusters/)).toBeVisible();
  await expect(page.getByRole("row", { name: /^hour night/ })).toBeVisible();
  await expectAccessible(page);
});

test("two evaluations are compared: the sentence, the forest with the harmed slice first, curves and examples", async ({ page }) => {
  const baseline = await evaluate(tiny, sound);
  const candidate = await evaluate(tiny, blind);
  await page.goto(`/${project}/evaluations/${candidate}`);
  await page.getByLabel("Baseline").selectOption(baseline);
  await page.getByRole("button", { name: "Compare with it" }).click();
  await expect(page).toHaveURL(/\/evaluations\/compare\//, { timeout: 60_000 });
  await expect(page.getByText(/night-blind is worse than sound .*is worse for .*hour night/)).toBeVisible();
  const rows = page.getByRole("region", { name: "Paired difference in log-loss" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("All rows");
  await expect(rows.nth(2)).toContainText(/hour night.*worse/);
  await expect(rows.nth(0)).toContainText("Harm not ruled out");
  await expect(page.getByRole("figure", { name: "ROC" })).toBeVisible();
  await page.getByText("Harm", { exact: true }).click();
  await expect(page).toHaveURL(/order=harm/);
  await expectAccessible(page);
  await page.goto(`/${project}/evaluations`);
  await expect(page.getByRole("link", { name: "night-blind against sound" })).toBeVisible();
});

test("a scoring that fails says why, links its job, and can be asked again; the list shows it", async ({ page }) => {
  // The job is stopped before it has scored anything.
  const { evaluationId, runId } = await api<{ evaluationId: string; runId: string }>("POST", "/evaluation-requests", { suite: tiny.suite, recipe: tiny.score, loggedModelId: sound.loggedModelId });
  await api("POST", `/runs/${runId}/cancel`);
  await page.goto(`/${project}/evaluations/${evaluationId}`);
  await expect(page.getByText("The scoring job was cancelled.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Evaluate again" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/${project}/evaluations`);
  await expect(page.getByRole("row", { name: /sound.*failed/ })).toBeVisible();
  await expectAccessible(page);
});
