/** What the server refuses. Not with the fixture that forbids console errors: the browser reports each refusal there. */
import { expect, test } from "@playwright/test";
import { api, ownerState, project } from "../../instance";
import { unique } from "../tracked-run";
import { registerSweepRecipe } from "./sweep-recipe";

test.use({ storageState: ownerState });

const recipe = unique("refused");

test.beforeAll(() => registerSweepRecipe(recipe, `${recipe}-runs`));

test("a range outside the recipe's schema is refused where it was typed", async ({ page }) => {
  await page.goto(`/${project}/experiments/sweeps/new?recipe=${recipe}`);
  await page.getByRole("group", { name: "How Width varies" }).getByRole("radio", { name: "Range" }).check();
  await page.getByLabel("To", { exact: true }).fill("500");
  await page.getByLabel("Metric").fill("loss");
  await page.getByRole("button", { name: "Launch sweep" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "At most 100." })).toBeVisible();
  await expect(page.getByLabel("To", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("what has no field of its own is said beside the button", async ({ page }) => {
  await page.goto(`/${project}/experiments/sweeps/new?recipe=${recipe}`);
  await page.getByRole("group", { name: "How Width varies" }).getByRole("radio", { name: "Range" }).check();
  await page.getByLabel("Metric").fill("loss");
  await page.getByLabel("Sampler").selectOption("cmaes");
  await page.getByRole("button", { name: "Launch sweep" }).click();
  await expect(page.getByText("CMA-ES needs at least two ranges without a condition.")).toBeVisible();
});

test("a budget below what was launched is refused in the dialog", async ({ page }) => {
  const { sweepId } = await api<{ sweepId: string }>("POST", "/sweeps", {
    name: "two", recipe, space: [{ name: "rate", kind: "float", low: 0.001, high: 1, log: true }], objective: { metric: "loss", direction: "minimize" }, budget: { runs: 2 }, parallelism: 2,
  });
  await page.goto(`/${project}/experiments/sweeps/${sweepId}`);
  await expect(page.getByText("2 of 2 runs")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Extend" }).click();
  await page.getByRole("dialog").getByLabel("Runs").fill("1");
  await page.getByRole("dialog").getByRole("button", { name: "Extend" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText("2 runs were launched already.");
});
